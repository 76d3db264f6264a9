"""Copies how the barcamp of an event is run, to practise with."""

from tagwerk.barcamp.actions.proposing import open_barcamp
from tagwerk.barcamp.actions.rounds import begin_round
from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event
from tagwerk.kit.writer import action

ITS_OWN = ("id", "event", "next_number")


@action
def copy_settings(event: Event, copy: Event) -> None:
    """Give a copied event the same barcamp without its topics; where there are rounds, the first begins."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None:
        return
    names = [field.name for field in Barcamp._meta.fields if field.name not in ITS_OWN]
    open_barcamp(copy, **{name: getattr(barcamp, name) for name in names})
    round_ = current_round(event)
    if round_ is not None:
        begin_round(copy, order=round_.order, seconds=round_.seconds)
