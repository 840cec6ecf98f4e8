"""What reaches the log: never a mail's text, an address or a signed link."""

import logging
import re

#: The value of a parameter that opens something by itself (see headers.BEARERS).
_BEARER = re.compile(r"(jeton=)[^&\s\"']+")


class Discreet(logging.Filter):
    """Strip a job of its arguments: they are the mail it sends. Strip addresses of the links that open something."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        job = getattr(record, "job", None)
        if isinstance(job, dict) and "call_string" in job:
            message = message.replace(job["call_string"], f"{job.get('task_name')}[{job.get('id')}]")
        record.msg, record.args = _BEARER.sub(r"\1…", message), ()
        return True
