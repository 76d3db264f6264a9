"""Personal links: drawn for one letter or one look, known to us by their hash only, void when the crew says so."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.models import Author, AuthorKey
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.people import tokens
from tagwerk.programme.models import Speaker

AUTHOR = "twa_"
MOST_KEYS = 20


@action
def new_key(author: Author, *, mailed_to: str = "", is_only: bool = False) -> str:
    """Draw a secret that opens somebody's page; `is_only` makes the earlier ones void. The oldest of many go.

    `mailed_to` is the address to which it goes, and nowhere else: whoever opens it reads mail there.
    """
    hold(author.event.stream)
    secret = tokens.new_secret(AUTHOR)
    if is_only:
        author.keys.all().delete()
    AuthorKey.objects.create(author=author, digest=tokens.digest(secret), mailed_to=mailed_to, made_at=timezone.now())
    kept = list(author.keys.order_by("-pk").values_list("pk", flat=True)[:MOST_KEYS])
    author.keys.exclude(pk__in=kept).delete()
    return secret


def author_by(event: Event, secret: str) -> Author:
    """Give who has this secret at an event; raises `Unknown`."""
    keys = AuthorKey.objects.filter(digest=tokens.digest(secret), author__event=event)
    key = keys.select_related("author__event__realm", "author__speaker").first()
    if key is None:
        raise void()
    return key.author


@action
def arrive(author: Author, secret: str) -> None:
    """Note that somebody opened a link; one that we mailed proves that the address is theirs."""
    hold(author.event.stream)
    key = author.keys.filter(digest=tokens.digest(secret)).exclude(mailed_to="").first()
    if key is not None:
        Author.objects.filter(pk=author.pk).exclude(proven=key.mailed_to).update(proven=key.mailed_to)


@action
def author_of(speaker: Speaker) -> Author:
    """Give who a speaker is to us; one that was entered by hand becomes somebody with a link."""
    hold(speaker.event.stream)
    known = Author.objects.filter(speaker=speaker).first()
    if known is None:
        said = {"name": speaker.name, "organisation": speaker.organisation, "email": speaker.email}
        known = Author.objects.create(event=speaker.event, speaker=speaker, made_at=timezone.now(), **said)
    return known


@action
def readdress(author: Author, email: str) -> None:
    """Write from now on to another address: the one that the crew knows. Links in earlier mails go on to work."""
    author.email = email
    author.save(update_fields=["email"])


def void() -> Unknown:
    """Give the refusal for a link that opens nothing."""
    return Unknown(
        "void-link", _("Dieser Link gilt nicht (mehr). Lassen Sie sich auf der Seite des Aufrufs einen neuen schicken.")
    )
