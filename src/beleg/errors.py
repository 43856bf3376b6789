"""The exceptions of Beleg; this module imports nothing.

    BelegError
    ├── IntakeError           an input cannot become an article
    │   ├── InputMissing      no such file
    │   ├── InputIsFolder     a folder where a file is expected
    │   ├── InputEmpty        nothing in it, or no text after extraction
    │   ├── InputTooLarge     over the size limit
    │   ├── InputNotText      binary, or of a kind Beleg does not read
    │   ├── EncodingBroken    bytes that fit no known encoding
    │   ├── DocumentUnreadable a damaged or protected PDF, DOCX or HTML file
    │   ├── FeedUnreadable    XML or JSON that is no feed, or declares a document type
    │   ├── FetchRefused      an address that Beleg does not ask
    │   ├── FetchFailed       an address that does not answer as it should
    │   ├── ExtraMissing      the optional packages for this kind are not installed
    │   └── NotGerman         the text is in another language
    ├── SpanOutsideText       offsets do not fit the text
    ├── RuleTableError        a rule table is wrong
    ├── ModelError            the encoder's files are missing, damaged or of another version
    ├── AnalysisFormatError   JSON that is not an analysis
    ├── ServerFailed          a process of the web application ended before it answered
    └── LedgerError           something about the ledger
        ├── LedgerUnreachable the database cannot be opened, reached or written
        ├── LedgerBroken      not a ledger, a damaged one, or one of a later version
        ├── LedgerMissing     nothing in it has that number or name
        ├── LedgerConflict    somebody else changed the same thing in the meantime
        └── LedgerRefused     a change that its rules do not allow
            └── CorrectionRefused a correction that does not fit the analysis or its text

Every message says where, what, and what to do.
"""

from __future__ import annotations


class BelegError(Exception):
    """Any condition Beleg reports to its caller. Can be pickled, so it reaches other processes."""

    def __reduce__(self) -> tuple[object, ...]:
        # By default an exception is made again from its message, which our classes compose.
        return _made_again, (type(self), self.args), self.__dict__


def _made_again(kind: type[BelegError], args: tuple[object, ...]) -> BelegError:
    error = kind.__new__(kind)
    error.args = args
    return error


class IntakeError(BelegError):
    """An input cannot become an article.

    where: the path or name of the input as the caller gave it.
    what: what is wrong with it, one clause.
    remedy: what the caller can do about it, one sentence.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy


class InputMissing(IntakeError):
    """There is no such file."""


class InputIsFolder(IntakeError):
    """A folder was given where a file is expected."""


class InputEmpty(IntakeError):
    """The input holds no text."""


class InputTooLarge(IntakeError):
    """The input is over the size limit."""


class InputNotText(IntakeError):
    """The input is binary or of a kind Beleg does not read."""


class EncodingBroken(IntakeError):
    """The bytes fit no known text encoding."""


class DocumentUnreadable(IntakeError):
    """A PDF, DOCX or HTML file is damaged or protected."""


class FeedUnreadable(IntakeError):
    """XML or JSON that is no feed, or that declares a document type."""


class FetchRefused(IntakeError):
    """An address that Beleg does not ask: of a private network, another scheme, a strange port."""


class FetchFailed(IntakeError):
    """An address that does not answer, not in time, or not with a document."""


class ExtraMissing(IntakeError):
    """The optional packages for this kind of file are not installed."""


class NotGerman(IntakeError):
    """The text is not German."""


class SpanOutsideText(BelegError):
    """Offsets do not fit the article's text."""

    def __init__(self, start: int, end: int, length: int) -> None:
        super().__init__(
            f"span {start}–{end} does not fit the text ({length} code points); "
            "was the text changed after intake?"
        )


class RuleTableError(BelegError):
    """A rule table is wrong: says the file, the row and the mistake."""


class ModelError(BelegError):
    """The encoder's files are missing, damaged or of another version."""

    def __init__(self, folder: object, cause: BaseException) -> None:
        super().__init__(
            f"{folder}: the encoder cannot be loaded ({cause}). "
            "Install Beleg again; the model is part of the package."
        )
        self.folder = folder


class AnalysisFormatError(BelegError):
    """A JSON document is not an analysis of this schema version."""


class ServerFailed(BelegError):
    """A process of the web application ended before it answered anything."""

    def __init__(self, code: int | None) -> None:
        super().__init__(
            f"beleg serve: a process ended by itself (exit code {code}). What it wrote above says "
            "why; with --processes 1 there is only one"
        )


class LedgerError(BelegError):
    """Something about the ledger.

    where: the ledger or the entry meant; what: what is wrong, one clause; remedy: what the caller
    can do about it, one sentence.
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}. {remedy}")
        self.where = where
        self.what = what
        self.remedy = remedy


class LedgerUnreachable(LedgerError):
    """The database cannot be opened, reached or written."""


class LedgerBroken(LedgerError):
    """Not a ledger, a damaged one, or one of a later version."""


class LedgerMissing(LedgerError):
    """Nothing in the ledger has that number or name."""


class LedgerConflict(LedgerError):
    """Somebody else changed the same entry after the caller read it; rev: the one it has now."""

    def __init__(self, where: str, what: str, remedy: str, *, rev: int) -> None:
        super().__init__(where, what, remedy)
        self.rev = rev


class LedgerRefused(LedgerError):
    """A change that the ledger's rules do not allow."""


class CorrectionRefused(LedgerRefused):
    """A correction that does not fit the analysis or its text; nothing was written."""
