"""What programs do, a table of lines for each kind."""

from __future__ import annotations

from .grammar import Table

MAKING = Table(
    (
        "<new client> = boto3.client('s3'<client options>)",
        "<new client> = <maker>.client('s3'<client options>)",
        "<new session> = boto3.Session(<session options>)",
        "<new session> = boto3.session.Session(<session options>)",
        "<new resource> = <maker>.resource('s3'<client options>)",
        "boto3.setup_default_session(<session options>)",
        "<new session> = with_own(boto3.Session, '<name of sessions>')(<session options>)",
        "boto3.DEFAULT_SESSION = None",
        "boto3.DEFAULT_SESSION = <session>",
    ),
    light=True,
)

SURROUNDINGS = Table(
    (
        "os.environ.update([(<variable>)])",
        "os.environ.pop(<variable name>, None)",
        "write(<file>)",
    ),
    once=True,
    light=True,
    moves_on=True,
)

PRESIGNING = Table(
    (
        "<client>.generate_presigned_url(<call>)",
        "<client>.generate_presigned_url(<call>)",
        "<client>.generate_presigned_post(<form>)",
        "urls(<client>, 'get_object', <rows>)",
        "urls(<client>, 'put_object', <rows>, ExpiresIn=60)",
        "presign(<client>, 'get_object', {'Bucket': <bucket>, 'Key': <key>}, expires_in=60)",
        "presign(<client>, 'head_object', {'Bucket': <bucket>, 'Key': <key>}, http_method='GET')",
        "presign_post(<client>, <bucket>, <key>)",
        "lasting(<client>, <seconds>)",
        "copied(<client>).generate_presigned_url(<call>)",
        "pickled(<client>).generate_presigned_url(<call>)",
        "<new kept> = <client>.generate_presigned_url",
        "<kept>(<call>)",
        "<new keptform> = <client>.generate_presigned_post",
        "<keptform>(<form>)",
    ),
    light=True,
)

LOOKING = Table(
    (
        "<client>.meta.region_name",
        "<client>.meta.endpoint_url",
        "<client>.meta.partition",
        "config_of(<client>)",
        "<client>.meta.service_model.service_name",
        "names_of(<client>)",
        "hasattr(<client>, 'nonsense')",
        "isinstance(<client>, BaseClient)",
        "mock.Mock(spec=<client>).get_object is None",
        "type(<client>).__name__",
        "<client>.exceptions.NoSuchKey.__name__",
        "<session>.region_name",
        "<session>.profile_name",
        "<session>.available_profiles",
        "credentials_of(<session>.get_credentials())",
        "isinstance(<session>, RealSession)",
        "names_of(<session>)",
        "repr(<session>)",
        "isinstance(<resource>, ServiceResource)",
        "isinstance(<resource>.meta, ResourceMeta)",
        "names_of(<resource>)",
        "repr(<resource>)",
        "hash(<resource>) == hash(<resource>)",
        "<resource> == <resource>",
        "<resource>.meta.service_name, <resource>.meta.identifiers",
        "<client> is copied(<client>)",
        "<client> == <client>",
        "<client>.meta is <client>.meta",
        "<new meta> = <client>.meta",
        "<meta>.region_name, <meta>.endpoint_url",
        "boto3.DEFAULT_SESSION is None",
        "<new credentials> = <session>.get_credentials()",
        "credentials_of(<credentials>)",
        "<resource> in [<resource>], <resource> != <resource>",
        "issubclass(<client>.exceptions.<error name>, botocore.exceptions.ClientError)",
        "<client>.exceptions.Nonsense",
        "<client>.exceptions.from_code('NoSuchKey').__name__",
        "at_least(<client>.exceptions.<error name> is <client>.exceptions.NoSuchKey)",
        "names_of(<client>.exceptions)",
    ),
    light=True,
)

SENDING = Table(
    (
        "<client>.<request>",
        "<client>.<request>",
        "<client>.<request>",
        "<client>.upload_fileobj(io.BytesIO(b'body'), <bucket>, <key>)",
        "<client>.copy({'Bucket': <bucket>, 'Key': <key>}, 'films', 'copy')",
        "<client>.can_paginate('list_objects_v2')",
        "[page['Contents'][0]['Key'] for page in <client>.get_paginator('list_objects_v2').paginate(Bucket=<bucket>)]",
        "<client>.get_waiter('object_exists').wait(Bucket=<bucket>, Key=<key>, WaiterConfig={'MaxAttempts': 1})",
        "<client>.close()",
        "<new sender> = <client>.head_object",
        "<sender>(Bucket=<bucket>, Key=<key>)",
        "downloaded(<client>, <bucket>, <key>)",
    ),
)

INSIDE = Table(
    (
        "without_features(<client>.meta.config.user_agent)",
        "<client>._endpoint.host",
        "<client>._client_config.region_name",
        "<client>._request_signer.region_name",
        "<client>._request_signer._credentials.access_key",
        "<client>._service_model.service_name",
        "<client>.meta.method_to_api_mapping['get_object']",
        "<client>.waiter_names",
        "<session>._session.get_config_variable(<variable of sessions>)",
        "<session>._session.profile",
        "<resource>.meta.resource_model.name",
        "<client>._request_signer._credentials is <session>.get_credentials()",
        "<client>.meta.events is <client>.meta.events",
        "<meta>.events is <client>.meta.events",
    ),
)

#: What decides how a client of boto3's signs and sends, where programs change it.
CHANGING_INSIDE = Table(
    (
        "<client>._endpoint.host = 'http://minio.example:9000'",
        "<client>._request_signer._region_name = <region>",
        "<client>._request_signer._signature_version = 's3v4'",
        "<client>._client_config.s3 = {'addressing_style': 'path'}",
        "<client>.meta.config.s3 = {'use_dualstack_endpoint': True}",
        "<client>._request_signer.generate_presigned_url = lambda *given, **named: 'mine'",
        "<client>._request_signer = <client>._request_signer",
        "<resource>.meta.client = <client>",
    ),
    interferes=True,
    moves_on=True,
)

RESOURCES = Table(
    (
        "[item.key for item in <resource>.Bucket(<bucket>).objects.all()]",
        "[item.key for item in <resource>.Bucket(<bucket>).objects.filter(Prefix='a').limit(1)]",
        "[bucket.name for bucket in <resource>.buckets.all()]",
        "<resource>.Object(<bucket>, <key>).load()",
        "<resource>.Object(<bucket>, <key>).content_length",
        "<resource>.Object(<bucket>, <key>).get()['Body'].read()",
        "<resource>.Bucket(<bucket>).put_object(Key=<key>, Body=b'body') == <resource>.Object(<bucket>, <key>)",
        "<resource>.Object(<bucket>, <key>).put(Body=b'body')",
        "<resource>.Bucket(<bucket>).upload_fileobj(io.BytesIO(b'body'), <key>)",
        "<resource>.Bucket(<bucket>).meta.client.generate_presigned_url(<call>)",
        "<resource>.Object(<bucket>, <key>).meta.client.<request>",
        "<resource>.meta.client is <resource>.Bucket(<bucket>).meta.client",
        "<resource>.Bucket(<bucket>).meta.client is <resource>.Object(<bucket>, <key>).meta.client",
        "<resource>.Bucket(<bucket>) == <resource>.Bucket(<bucket>)",
        "hash(<resource>.Bucket(<bucket>)) == hash(<resource>.Bucket(<bucket>))",
        "repr(<resource>.Object(<bucket>, <key>))",
        "<new client> = <resource>.Bucket(<bucket>).meta.client",
        "<resource>.Bucket(<bucket>).meta.client.meta.events is <resource>.meta.client.meta.events",
        "names_of(<resource>.Bucket(<bucket>))",
        "<resource>.Bucket(<bucket>).copy({'Bucket': 'photos', 'Key': <key>}, 'copy')",
        "<new client> = <resource>.meta.client",
    ),
)

HANDLERS = Table(
    (
        "<client>.meta.events.<register>(<event>, <handler><unique>)",
        "<client>.meta.events.<register>(<event>, <handler><unique>)",
        "<client>.meta.events.unregister(<event>, <handler><unique>)",
        "<session>.events.<register>(<event>, <handler><unique>)",
        "<session>.events.unregister(<event>, <handler><unique>)",
        "<session>._session.register(<event>, <handler>)",
        "<session>.events.<register>(<class event>, <class handler><unique>)",
        "<inner>.register(<event>, <handler>)",
        "<inner>.register(<class event>, <class handler>)",
        "<meta>.events.<register>(<event>, <handler><unique>)",
        "from_handler(<client>, 'greet')()",
        "from_handler(<client>, 'region_upper')",
        "from_handler(<resource>, 'greet')()",
        "from_handler(<resource>.Bucket(<bucket>), 'greet')()",
    ),
    interferes=True,
)

REPLACING = Table(
    (
        "<new patch> = patched(<client>, <method>, 'mine')",
        "<new patch> = patched(<resource>.meta.client, <method>, {'mine': 1})",
        "<patch>.stop()",
        "<new patch> = patched(<resource>, 'Bucket', 'mine')",
        # What boto3 itself calls of the class is another one: line B of COMPATIBILITY.
        "class_patched(<client>, 'generate_presigned_url', lambda client: client.generate_presigned_url(<call>))",
        "<client>.generate_presigned_url = lambda *given, **named: 'mine'",
        "<client>.get_object = lambda *given, **named: 'mine'",
        "del <client>.generate_presigned_url",
        "<new stubber> = Stubber(<client>)",
        "<stubber>.add_response('get_object', {}, {'Bucket': 'photos', 'Key': 'cat.jpg'})",
        "<stubber>.add_response('head_object', {'ContentLength': 3})",
        "<stubber>.add_client_error('get_object', 'NoSuchKey')",
        "<stubber>.activate()",
        "<stubber>.deactivate()",
        "<stubber>.assert_no_pending_responses()",
    ),
    interferes=True,
)

#: What replaces something of botocore's, and so in both worlds at once.
REPLACING_FOR_ALL = Table(
    (
        "<new classpatch> = patched(BaseClient, '_make_api_call', {'mine': 1})",
        "<classpatch>.stop()",
    ),
    once=True,
    interferes=True,
)

KEYS = Table(
    (
        "<session>.get_credentials().access_key = <access key>",
        "<session>.get_credentials().secret_key = 'SECRET that was set'",
        "<session>.get_credentials().token = 'TOKEN that was set'",
        "<session>._session._credentials = <credentials>",
        "<session>._session.set_credentials(<access key>, 'SECRET that was set')",
        "<client>._request_signer._credentials = <credentials>",
        "<client>._request_signer._credentials.access_key = <access key>",
        "<inner>.set_credentials(<access key>, 'SECRET that was set')",
        "<credentials>.access_key = <access key>",
        "<session>._session.get_component('credential_provider').get_provider('assume-role').cache = CACHE",
        "<session>._session.get_component('credential_provider').insert_before('env', PROVIDER)",
        "<inner>.get_component('credential_provider').insert_before('env', PROVIDER)",
        "credentials_of(<session>._session.get_credentials())",
        "credentials_of(<client>._get_credentials())",
    ),
    moves_on=True,
)

SESSIONS = Table(
    (
        "<session>._session.set_config_variable(<session setting>)",
        "<session>._session.set_default_client_config(<config>)",
        "<session>._session.get_default_client_config() is None",
        "<inner>.set_config_variable(<session setting>)",
        "<inner>.set_default_client_config(<config>)",
    ),
    moves_on=True,
)

ERRORS = Table(
    (
        "<new error> = <client>.exceptions.<error name>",
        "<new error> = <resource>.meta.client.exceptions.<error name>",
        "<new error> = exceptions.<error of botocore>",
        "caught(lambda: <client>.<request>, <error>)",
        "issubclass(<error>, botocore.exceptions.ClientError)",
        "at_least(<client>.exceptions.<error name> is <error>)",
        "caught(lambda: <client>.get_object(Bucket='photos', Key='missing'), <error>)",
        "caught(lambda: <resource>.Object('photos', 'missing').get(), <error>)",
        "caught(lambda: <client>.generate_presigned_url(<call>), <error>)",
    ),
)

SERVICES = Table(
    (
        "<maker>.client(<other service><other options>).meta.region_name",
        "<maker>.client(<other service><other options>).meta.endpoint_url",
        "<maker>.client('sqs'<other options>).list_queues()",
        "<maker>.client('sts'<other options>).get_caller_identity()['Account']",
        "<maker>.resource('dynamodb'<other options>).meta.client.meta.region_name",
        "<maker>.client('sqs'<other options>).generate_presigned_url('list_queues')",
    ),
)

TOGETHER = Table(
    (
        "in_threads(lambda: <question>)",
        "in_threads(lambda: <question>, lambda: <question>)",
        "in_child(lambda: <question>)",
    ),
)

MOTO = Table(
    (
        "<new moto> = started(mock_aws())",
        "<moto>.stop()",
    ),
    once=True,
    interferes=True,
    moves_on=True,
)
