"""A mail server on this machine that keeps what it takes, and refuses whom it is told to."""

import socket
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


class Mailbox:
    """What came in, as messages; `refuses` holds addresses that it does not know."""

    def __init__(self):
        self.messages, self.refuses = [], set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    @property
    def texts(self):
        return [message.get_content() for message in self.messages]


@contextmanager
def serving_mail(settings, mailbox=None):
    """Run the server, and have the site send by it."""
    mailbox = mailbox or Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.SENDS_MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL = "desk@guides.example"
        yield mailbox
    finally:
        controller.stop()
