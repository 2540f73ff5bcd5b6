"""The templates of the pages that this room writes."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from coder.report.pictures import picture, tint

NEW_PAGE = "<!-- new page -->"


def template(name: str) -> Template:
    """The template in a file of `templates/`. What it is not given is an error, what it is given is escaped."""
    return _environment().get_template(name)


def in_parts(page: str) -> tuple[str, ...]:
    """A page for printing, cut where its template says `NEW_PAGE`; each part is a whole page of HTML."""
    begin, body = page.split("<body>")
    inside, end = body.split("</body>")
    return tuple(f"{begin}<body>{part}</body>{end}" for part in inside.split(NEW_PAGE))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("coder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["picture"] = picture
    made.globals["tint"] = tint
    return made
