"""Logins on GitHub, and mail addresses."""

import re

from peerloom import schema
from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import NO_ANSWER, AnswerValue, certain_value, leave_out
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import remove_invisible
from peerloom.intake.values.yes_no import decide_yes_no

_MAX_LOGIN_LENGTH = 39
_LINK = re.compile(r"(?:https?://)?(?:www\.)?github\.com/(?:users/)?", re.IGNORECASE)
_OWN_SITE = re.compile(r"(?:https?://)?([A-Za-z0-9-]+)\.github\.io/?", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:github(?: (?:user ?name|login|handle|account))?|user ?name|login)\s*[:=]\s*", re.IGNORECASE
)
# The first folder of addresses on github.com that are nobody's page. GitHub keeps these names.
_NOT_LOGINS = frozenset(
    (
        *("about", "account", "admin", "api", "apps", "blog", "collections", "contact", "customer"),
        *("customer-stories", "dashboard", "enterprise", "events", "explore", "features", "gist"),
        *("github", "help", "home", "issues", "join", "login", "logout", "marketplace", "mobile"),
        *("new", "notifications", "nonprofit", "orgs", "organizations", "pricing", "pulls"),
        *("readme", "search", "security", "sessions", "settings", "signup", "site", "sponsors"),
        *("stars", "team", "topics", "trending", "users", "username", "watching", "welcome"),
    )
)
_MAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}"
)


def read_github_login(text: str) -> AnswerValue[str]:
    """Return the login in `ada`, `@ada` or a link to the profile.

    A filler is no answer. What GitHub cannot have as a login is left out, and so are a mail
    address, a name with spaces and the address of another site.
    """
    plain = remove_invisible(text).strip().strip("`\"'<>.,;")
    if is_filler(plain, "identity"):
        return NO_ANSWER
    message = f"{quoted(single_line(text))} must be a login on GitHub"
    own_site = _OWN_SITE.fullmatch(plain)
    candidate = own_site[1] if own_site else _LINK.sub("", _LABEL.sub("", plain), count=1)
    is_link = bool(_LINK.match(_LABEL.sub("", plain)))
    login = candidate.removeprefix("@").rstrip("/")
    if is_link:
        login = re.split(r"[/?#\s]", login)[0]
    is_no_login = login.casefold() in _NOT_LOGINS or is_filler(login, "identity")
    if is_no_login or decide_yes_no(login) is not None:
        return leave_out(message)
    pattern = schema.load_schema("participant")["properties"]["github"]["pattern"]
    if not re.fullmatch(pattern, login) or len(login) > _MAX_LOGIN_LENGTH:
        return leave_out(message)
    if login.isdigit() and len(login) < 3:
        return leave_out(f"{message}, and is a number")
    return certain_value(login)


def read_mail_address(text: str) -> AnswerValue[str]:
    """Return the one mail address in a cell, in small letters, without a name or `mailto:`."""
    plain = remove_invisible(text).strip()
    if is_filler(plain, "identity"):
        return NO_ANSWER
    address = re.sub(r"^mailto:", "", plain, flags=re.IGNORECASE)
    in_brackets = re.fullmatch(r"[^<>]*<([^<>]+)>", address)
    address = (in_brackets[1] if in_brackets else address).strip(" .;,")
    if _MAIL.fullmatch(address) and ".." not in address:
        return certain_value(address.casefold())
    return leave_out(f"{quoted(single_line(text))} must be one mail address")


def read_booking_address(text: str) -> AnswerValue[str]:
    """Return the address of a page on which meetings can be booked; one without a scheme is https.

    An address that a record cannot hold, such as one that begins with http, is left out.
    """
    plain = remove_invisible(text).strip().strip("`\"'<>.,;")
    if is_filler(plain):
        return NO_ANSWER
    scheme = re.match(r"[A-Za-z]+://", plain)
    # A phone begins an answer with a capital letter.
    address = scheme[0].lower() + plain[scheme.end() :] if scheme else f"https://{plain}"
    shape = schema.load_schema("participant")["properties"]["booking_url"]
    if not re.fullmatch(shape["pattern"], address) or len(address) > shape["maxLength"]:
        return leave_out(f"{quoted(single_line(text))} must be an address that begins with https")
    return certain_value(address)
