"""Products that trace botocore do not stop presigned from answering: their real packages, each in its own process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PRESIGNS = """
import logging
import sys

import boto3
import botocore.exceptions
import botocore.httpsession

import presigned

LOG = []


class Note(logging.Handler):
    def emit(self, record):
        LOG.append(record.getMessage())


logger = logging.getLogger("presigned")
logger.addHandler(Note())
logger.setLevel(logging.DEBUG)
PHOTO = {"Bucket": "photos", "Key": "cat.jpg"}


def made(client):
    found = [client.generate_presigned_url(operation, dict(PHOTO)) for operation in ("get_object", "put_object")]
    found.append(str(client.generate_presigned_post("photos", "cat.jpg", Conditions=[["content-length-range", 1, 9]])))
    return found


for signature in ("s3v4", "s3"):
    client = boto3.Session("AKIDEXAMPLE", "secret", region_name="eu-central-1").client(
        "s3", config=boto3.session.Config(signature_version=signature, retries={"total_max_attempts": 1}),
        endpoint_url="http://127.0.0.1:9")
    # As a traced program does: the product sees a request, and puts in place what it puts in at the first.
    try:
        client.get_object(**PHOTO)
    except botocore.exceptions.EndpointConnectionError:
        pass
    # Until no second began meanwhile.
    for _ in range(50):
        presigned.uninstall()
        expected = made(client)
        presigned.install()
        made(client)
        LOG.clear()
        found = made(client)
        presigned.uninstall()
        if expected == made(client):
            break
    assert found == expected, (found, expected)
    assert not LOG, LOG
print("presigned here")
"""

#: Product -> how its manual starts it, without a server to report to.
STARTS = {
    "AWS X-Ray": """
from aws_xray_sdk.core import patch, xray_recorder
xray_recorder.configure(context_missing="IGNORE_ERROR", sampling=False)
patch(["botocore"])
""",
    "Datadog": """
import os
os.environ.update(DD_TRACE_ENABLED="true", DD_INSTRUMENTATION_TELEMETRY_ENABLED="false", DD_TRACE_AGENT_URL="http://127.0.0.1:9",
                  DD_REMOTE_CONFIGURATION_ENABLED="false", DD_TRACE_STARTUP_LOGS="false")
import ddtrace.trace
from ddtrace import patch
patch(botocore=True)
import botocore.client
assert hasattr(botocore.client.BaseClient._make_api_call, "__wrapped__")
""",
    "Elastic APM": """
import elasticapm
apm = elasticapm.Client(service_name="photos", server_url="http://127.0.0.1:9", disable_send=True,
                        metrics_interval="0ms", central_config=False, cloud_provider=False)
elasticapm.instrument()
apm.begin_transaction("request")
""",
    "Instana": """
import os
os.environ.update(INSTANA_TEST="true")
import instana
import botocore.client, botocore.auth
from instana.instrumentation.aws import boto3 as _
assert hasattr(botocore.auth.SigV4Auth.add_auth, "__wrapped__")
""",
    "Lumigo": """
import os
os.environ.update(LUMIGO_TRACER_TOKEN="t_0123456789abcdefghijk", AWS_LAMBDA_FUNCTION_NAME="photos")
from lumigo_tracer.wrappers.http.sync_http_wrappers import wrap_http_calls
wrap_http_calls()
import botocore.awsrequest
assert hasattr(botocore.awsrequest.AWSRequest.__init__, "__wrapped__")
""",
    "New Relic": """
import os
os.environ.update(NEW_RELIC_LICENSE_KEY="0" * 40, NEW_RELIC_DEVELOPER_MODE="true", NEW_RELIC_APP_NAME="photos",
                  NEW_RELIC_LOG="/dev/null")
import newrelic.agent
newrelic.agent.initialize()
import botocore.client
assert hasattr(botocore.client.BaseClient._make_api_call, "__wrapped__")
""",
    "OpenTelemetry": """
from opentelemetry.instrumentation.botocore import BotocoreInstrumentor
BotocoreInstrumentor().instrument()
import botocore.client
assert hasattr(botocore.client.BaseClient._make_api_call, "__wrapped__")
""",
    "Sentry": """
import sentry_sdk
from sentry_sdk.integrations.boto3 import Boto3Integration
sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", integrations=[Boto3Integration()], traces_sample_rate=1.0,
                transport=lambda *_: None)
transaction = sentry_sdk.start_transaction(name="request")
transaction.__enter__()
""",
}  # fmt: skip


@pytest.mark.parametrize("product", STARTS)
def test_a_client_that_is_traced_presigns_here_what_botocore_presigns(product: str) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    done = subprocess.run(
        [sys.executable, "-c", STARTS[product] + PRESIGNS],
        capture_output=True, text=True, timeout=240, check=False, env=environ,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()[-14:]) == (0, "presigned here"), done.stdout + done.stderr
