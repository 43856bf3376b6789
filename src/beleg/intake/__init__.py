"""Files, standard input, HTML, Markdown, PDF and DOCX to articles, whose text never changes after."""

from beleg.intake.kinds import Kind
from beleg.intake.read import MAX_BYTES, article_from_bytes, article_from_text, read_article

__all__ = ["MAX_BYTES", "Kind", "article_from_bytes", "article_from_text", "read_article"]
