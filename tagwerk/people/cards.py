"""Participation cards: whoever has no phone takes part on paper, and a helper taps for them."""

from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.codes import new_code, normal
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.people import tokens
from tagwerk.people.models import Card, DeviceToken, Realm
from tagwerk.people.rules import DeviceKind

MOST_AT_ONCE = 400
MOST_OF_ALL = 5_000


@action
def make_cards(realm: Realm, number: int) -> list[Card]:
    """Draw the codes of so many new cards, which make up one stack; raises `Invalid` and `Refusal` on too many."""
    if not 1 <= number <= MOST_AT_ONCE:
        sentence = _("Bitte wählen Sie eine Zahl von 1 bis %(most)s.") % {"most": MOST_AT_ONCE}
        raise Invalid("number-of-cards", sentence, errors={"number": sentence})
    hold(realm.pk)
    taken = set(Card.objects.filter(realm=realm).values_list("code", flat=True))
    if len(taken) + number > MOST_OF_ALL:
        raise Refusal("too-many-cards", _("So viele Karten braucht niemand: Bitte drucken Sie vorhandene noch einmal."))
    codes: list[str] = []
    for _number in range(number):
        codes.append(new_code(lambda code: code in taken))
        taken.add(codes[-1])
    Card.objects.bulk_create([Card(realm=realm, code=code) for code in codes])
    made = Card.objects.filter(realm=realm, code__in=codes)
    made.update(printed_at=timezone.now())  # one time for the whole stack, by which it is found again
    return list(made.order_by("pk"))


def card_at(realm: Realm, code: str) -> Card:
    """Give a card by its code, however it was typed; raises `Unknown`."""
    card = Card.objects.filter(realm=realm, code=normal(code) or "-").select_related("device").first()
    if card is None:
        raise Unknown("no-such-card", _("Diese Karte gibt es hier nicht. Bitte prüfen Sie den Code."))
    return card


@action
def card_device(realm: Realm, code: str) -> DeviceToken:
    """Give the device that a card is; it becomes one when a helper enters it for the first time.

    Nobody holds its secret: only the crew acts for it. It counts, for whoever wrote it is in the house.
    """
    hold(realm.pk)  # two helpers with one card make one device
    card = card_at(realm, code)
    if card.device is None:
        card.device = DeviceToken.objects.create(
            realm=realm,
            digest=tokens.digest(tokens.new_secret(tokens.DEVICE)),
            kind=DeviceKind.CARD,
            minted_at=timezone.now(),
        )
        card.save(update_fields=["device"])
    return card.device


def stacks(realm: Realm) -> list[tuple[datetime, int]]:
    """Give when cards were made and how many each time, the newest stack first."""
    found = Card.objects.filter(realm=realm).values("printed_at").annotate(number=Count("pk"))
    return list(found.order_by("-printed_at").values_list("printed_at", "number"))


def entered(realm: Realm) -> int:
    """Count the cards that a helper has entered."""
    return Card.objects.filter(realm=realm, device__isnull=False).count()
