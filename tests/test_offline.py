"""A page runs nothing and loads nothing: what is not known to be harmless is refused."""

import re

import pandas as pd
import pytest
from nbconvert.filters import markdown2html
from renkei.errors import RenderError
from renkei.page.finishing import finished

_MARKDOWN = """
## 見出し

文 **強** *斜* ~~消~~ `x = 1` [節](#s1) H<sub>2</sub>O <!-- 覚え書き <b>消した行</b> -->

- [x] 済み
- [ ] まだ

用語
: 説明

| 左 | 中 |
|----|:--:|
| 1  | 2  |

```python
x = 1
```

> 引用

3. 三
"""


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>1</script>", "<script>"),
        ("<SCRIPT>1</SCRIPT>", "<script>"),
        ("<svg><script>1</script></svg>", "<svg>"),
        ('<svg><image href="https://example.org/a.png"/></svg>', "<image>"),
        ('<svg><a xlink:href="https://example.org/">x</a></svg>', "<a xlink:href>"),
        ('<math href="https://example.org/">x</math>', "<math>"),
        ('<iframe srcdoc="x"></iframe>', "<iframe>"),
        ('<p srcdoc="x">x</p>', "<p srcdoc>"),
        ('<object data="a.svg"></object>', "<object>"),
        ('<embed src="a.svg">', "<embed>"),
        ('<link rel="stylesheet" href="a.css">', "<link>"),
        ('<base href="https://example.org/">', "<base>"),
        ('<meta http-equiv="refresh" content="0; url=https://example.org/">', '<meta http-equiv="refresh">'),
        ('<meta HTTP-EQUIV="Refresh" content="0">', '<meta http-equiv="Refresh">'),
        ('<form action="https://example.org/"></form>', "<form>"),
        ('<button formaction="https://example.org/">x</button>', "<button>"),
        ('<input type="image" formaction="https://example.org/">', "<input formaction>"),
        ('<input type="image" src="https://example.org/">', '<input src="https://example.org/">'),
        ('<a href="#s1" ping="https://example.org/">x</a>', "<a ping>"),
        ('<a href="http://example.org">x</a>', '<a href="http://example.org">'),
        ('<a href=" javascript:x()">x</a>', '<a href=" javascript:x()">'),
        ('<a href="other.html">x</a>', '<a href="other.html">'),
        ('<img src="https://example.org/a.png" alt="">', '<img src="https://example.org/a.png">'),
        ('<img src="//example.org/a.png" alt="">', '<img src="//example.org/a.png">'),
        ('<img src="data:text/html,x" alt="">', '<img src="data:text/html,x">'),
        ('<img srcset="a.png 2x" src="data:image/png;base64," alt="">', "<img srcset>"),
        ('<img lowsrc="a.png" alt="">', "<img lowsrc>"),
        ('<video poster="a.png"></video>', "<video>"),
        ('<audio src="a.mp3"></audio>', "<audio>"),
        ('<picture><source srcset="a.png"></picture>', "<source>"),
        ('<table background="a.png"></table>', "<table background>"),
        ('<body background="a.png">', "<body background>"),
        ('<p onclick="x()">x</p>', "<p onclick>"),
        ('<p ONCLICK="x()">x</p>', "<p onclick>"),
        ("<details ontoggle=x()>x</details>", "<details ontoggle>"),
        ('<p style="background: url(a.png)">x</p>', '<p style="background: url(a.png)">'),
        ('<p style="background: URL(a.png)">x</p>', '<p style="background: URL(a.png)">'),
        (r'<p style="background: u\72l(a.png)">x</p>', r'<p style="background: u\72l(a.png)">'),
        (r'<p style="background: \000075 rl(a.png)">x</p>', r'<p style="background: \000075 rl(a.png)">'),
        ("<p style=\"background: image-set('a.png' 1x)\">x</p>", "<p style=\"background: image-set('a.png'"),
        ("<style>p { background: Url( 'a.png' ) }</style>", "<style> url("),
        ("<style>@import 'a.css';</style>", "<style> @import"),
        ("<style>@IMPORT 'a.css';</style>", "<style> @import"),
        (r"<style>@\69mport 'a.css';</style>", "<style> @import"),
        ("<style>@font-face { src: local(x) }</style>", "<style> @font-face"),
        ("<style>p { behavior: expression(x) }</style>", "<style> expression("),
        ("<!--><img src=x onerror=x()>-->", "<!--><img src=x onerror=x()>"),
        ("<!-- a --!><img src=x onerror=x()>-->", "<!-- a --!><img src=x onerror=x()>"),
        ("<![CDATA[x><img src=x onerror=x()>]]>", "<![CDATA[x><img src=x onerror=x()>"),
        ("<?xml x><img src=x>?>", "<img src="),
        ("<template><img src=x></template>", "<template>"),
        ("<noscript><img src=x></noscript>", "<noscript>"),
        ("<textarea><img src=x></textarea>", "<textarea>"),
        ("<plaintext>", "<plaintext>"),
        ("<x-new>x</x-new>", "<x-new>"),
    ],
)
def test_what_runs_or_loads_is_refused(html: str, found: str) -> None:
    """Wherever it stands, however it is written; the error names it."""
    with pytest.raises(RenderError, match=re.escape(found)):
        finished(f"<h1>年</h1>{html}")


@pytest.mark.parametrize(
    "html",
    [
        markdown2html(_MARKDOWN),
        pd.DataFrame({"数": [1]}, index=pd.MultiIndex.from_tuples([(1, 2)]))._repr_html_(),  # type: ignore[operator]
        pd.DataFrame({"数": [1]}).style.bar().set_caption("表").to_html(),
        '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="図">',
        '<details open><summary>要約</summary><time datetime="2024-04-01">4月</time></details>',
        '<p lang="ja" data-no="1" aria-label="url(の話)" title="@import">onclickという語</p>',
        "<style>@media print { p:not(.a) { width: calc(1em + var(--b)); color: RGB(0, 0, 0) } }</style>",
        r'<style>p::before { content: "\201C" }</style>',
    ],
)  # fmt: skip
def test_what_is_harmless_stays(html: str) -> None:
    """Markdown, tables of pandas, pictures in the page and words that only look like code."""
    assert "年" in finished(f"<h1>年</h1>{html.replace('¶', '')}")
