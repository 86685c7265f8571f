"""Make any Python string fit for a tokenizer."""

MAX_CHARACTERS = 32_768


def clean_text(text: str) -> str:
    """Return at most the first 32,768 characters of `text`, as valid Unicode.

    The limit is far above the tokens that are read of them, and bounds the cost of one absurd text.
    """
    return replace_surrogates(text[:MAX_CHARACTERS])


def replace_surrogates(text: str) -> str:
    """Return `text` as valid Unicode.

    Two surrogates that belong together become the character they stand for; a lone one becomes U+FFFD.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
