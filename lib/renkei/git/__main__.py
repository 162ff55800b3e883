"""`python -m renkei.git`: what set-up tells git, where there is one."""

from renkei.checkout import Checkout
from renkei.git.settings import tell_git

if __name__ == "__main__":
    tell_git(Checkout.current())
