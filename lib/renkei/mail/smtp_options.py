"""What MAIL and RCPT say beside addresses: size, kind of bytes, and which delivery reports are wanted."""

from __future__ import annotations

import smtplib


def mail_options(smtp: smtplib.SMTP, message: bytes, envelope_id: str) -> list[str]:
    """What MAIL says of a message: its size, its bytes, and the id that delivery reports are to name."""
    options = [f"SIZE={len(message)}"] if smtp.has_extn("size") else []
    if smtp.has_extn("8bitmime") and not message.isascii():
        options.append("BODY=8BITMIME")
    if envelope_id:
        options += ["RET=HDRS", f"ENVID={envelope_id}"]
    return options


def rcpt_options(address: str) -> list[str]:
    """What RCPT says where the server offers delivery reports (RFC 3461)."""
    return ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{xtext(address)}"]


def xtext(text: str) -> str:
    """ASCII text as RFC 3461 (4.) writes it: + and = by their numbers."""
    return "".join(f"+{ord(sign):02X}" if sign in "+=" or not "!" <= sign <= "~" else sign for sign in text)
