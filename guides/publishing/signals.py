"""What other apps may listen to."""

from django.dispatch import Signal

# A step towards readers' screens, or away from them, once it is committed. Sent with `action` ("published",
# "unpublished", "scheduled", "submitted", "sent back", "deleted"), `guide` (its slug), `edition` (its number, None for
# a guide as a whole) and `user` (or None: the clock did it).
publishing = Signal()
