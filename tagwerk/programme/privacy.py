"""What happens to the personal words of a programme once their time is over."""

from datetime import datetime, timedelta

from django.db.models import Max

from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.programme.models import Edition, Import, Material, Speaker, TakenImport

KEPT = timedelta(days=90)


@action
def forget_contacts(now: datetime) -> int:
    """Remove how speakers are reached, and kept versions, of events that ended 90 days ago; gives how many events.

    Versions may name hosts of the barcamp, who are forgotten by then; the next version is made anew, its number rises.
    """
    ends = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - KEPT).values_list("pk", "end")
    concerned: set[int] = set()
    for number, end in ends:
        event = Event.objects.get(pk=number)
        blank = {"email": "", "availability": "", "technical": "", "rehearsal_url": ""}
        reachable = Speaker.objects.filter(event=event).exclude(**blank)
        changed = reachable.update(**blank)
        changed += Material.objects.filter(session__event=event, is_public=False).delete()[0]
        old = Edition.objects.filter(event=event, made_at__lt=end + KEPT).exclude(digest="")
        changed += old.update(content={"title": event.name}, digest="", revision=0)
        changed += Import.objects.filter(event=event).delete()[0]
        changed += TakenImport.objects.filter(event=event).delete()[0]
        if changed:
            concerned.add(event.pk)
    return len(concerned)
