//! `presigned._core.Client`: the native half of an S3 client, with boto3's two methods.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::arguments::{Function, Given};
use super::batch;
use super::call::PyCall;
use super::form::FormArguments;
use super::params::{operation, with_params};
use super::promoted::Promoted;
use super::settings::ClientSettings;
use crate::error::Error;
use crate::s3::batch::BatchCache;
use crate::s3::{CallSiteCache, Called, KnownForms, Presigner};
use crate::scratch::Scratch;

/// Makes presigned URLs and POST policies for S3.
///
/// The facade's `presigned.S3` extends it; a session works its settings out.
#[pyclass(subclass, frozen, module = "presigned._core")]
pub(super) struct Client {
    pub(super) presigner: Presigner,
    pub(super) forms: KnownForms<Py<PyAny>>,
    batches: BatchCache,
    call_sites: CallSiteCache<Py<PyAny>>,
    pub(super) promoted: Promoted,
}

const URL: Function<4> = Function {
    name: "generate_presigned_url",
    arguments: ["ClientMethod", "Params", "ExpiresIn", "HttpMethod"],
    required: 1,
};

const URLS: Function<4> = Function {
    name: "generate_presigned_urls",
    required: 2,
    ..URL
};

const POST: Function<5> = Function {
    name: "generate_presigned_post",
    arguments: ["Bucket", "Key", "Fields", "Conditions", "ExpiresIn"],
    required: 2,
};

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (**settings))]
    fn new(settings: Option<&Bound<'_, PyDict>>, py: Python<'_>) -> PyResult<Self> {
        let settings = settings.cloned().unwrap_or_else(|| PyDict::new(py));
        let settings: ClientSettings<'_> = settings.extract()?;
        Ok(Self {
            presigner: settings.presigner()?,
            forms: KnownForms::default(),
            batches: BatchCache::default(),
            call_sites: CallSiteCache::default(),
            promoted: Promoted::default(),
        })
    }

    /// Makes a presigned URL: whoever has it may send this one request until it expires.
    ///
    /// Args:
    ///     ClientMethod (str): The operation as boto3 names it, such as "get_object".
    ///     Params (dict): Its parameters, such as {"Bucket": ..., "Key": ...}. Never changed.
    ///     ExpiresIn (int | float | str | timedelta): How long the URL lives, in seconds: 1 to 604800
    ///         with SigV4, 3600 unless given.
    ///     HttpMethod (str): The method to sign for, if it is not the operation's own.
    ///
    /// Returns:
    ///     str: The URL. Headers that it signs are named in X-Amz-SignedHeaders, and whoever uses
    ///     the URL must send them.
    ///
    /// Raises:
    ///     UnknownClientMethodError: S3 has no such operation.
    ///     ParamValidationError: A parameter is missing, unknown or of a wrong type, or S3 would
    ///         refuse the URL.
    ///     NoCredentialsError: There is nothing to sign with.
    ///     EndpointResolutionError: No endpoint fits the bucket and the settings.
    ///
    /// Example:
    ///     >>> import presigned
    ///     >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
    ///     >>> url = s3.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"}, ExpiresIn=300)
    ///     >>> url.split("?")[0]
    ///     'https://photos.s3.amazonaws.com/cat.jpg'
    ///
    /// AWS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
    #[pyo3(
        signature = (
            first=Given::default(), second=Given::default(), third=Given::default(), fourth=Given::default(), /,
            *surplus, ClientMethod=Given::default(), Params=Given::default(), ExpiresIn=Given::default(),
            HttpMethod=Given::default(),
        ),
        text_signature = "($self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None)",
    )]
    #[expect(non_snake_case, reason = "boto3 spells its arguments so")]
    #[expect(clippy::doc_markdown, reason = "Python's docstring, not Rust's")]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is read by position and by name"
    )]
    fn generate_presigned_url<'py>(
        &self,
        py: Python<'py>,
        first: Given<'_, 'py>,
        second: Given<'_, 'py>,
        third: Given<'_, 'py>,
        fourth: Given<'_, 'py>,
        surplus: &Bound<'py, PyTuple>,
        ClientMethod: Given<'_, 'py>,
        Params: Given<'_, 'py>,
        ExpiresIn: Given<'_, 'py>,
        HttpMethod: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let given = URL.read(
            [first, second, third, fourth],
            surplus,
            [ClientMethod, Params, ExpiresIn, HttpMethod],
        )?;
        let [ClientMethod, Params, ExpiresIn, HttpMethod] = given;
        if let Some(gate) = self.promoted.gate()
            && let Some(url) = Promoted::answer(gate, py, URL.name, URL.named(&given))?
        {
            return Ok(url);
        }
        let (expires_in, http_method) = (ExpiresIn.not_none(), HttpMethod.not_none());
        let call = PyCall::new(py, expires_in, http_method);
        let called = Called {
            client_method: ClientMethod.0.as_deref(),
            expires_in: expires_in.as_deref(),
            http_method: http_method.as_deref(),
        };
        Ok(self.presigned_url(called, Params, &call)?.into_any())
    }

    /// Makes a POST form: whoever has it may upload one object that fits its policy.
    ///
    /// Args:
    ///     Bucket (str): The bucket.
    ///     Key (str): The key; at its end, "${filename}" stands for the name of the user's file.
    ///     Fields (Mapping): Form fields to start from. Each needs a condition too. Never changed.
    ///     Conditions (list): What the policy asks of the form, such as {"acl": "private"},
    ///         ["starts-with", "$Content-Type", "image/"] or ["content-length-range", 1, 1000].
    ///     ExpiresIn (int | float | str | timedelta): How long the policy lives, in seconds: any time
    ///         in the future, 3600 unless given.
    ///
    /// Returns:
    ///     dict: {"url": str, "fields": the fields in order, as a mapping of the type of Fields}.
    ///     The file itself is the last field, "file".
    ///
    /// Raises:
    ///     ParamValidationError: Something is of a wrong type, or the policy would be over already.
    ///     NoCredentialsError: There is nothing to sign with.
    ///     TypeError: A condition holds what JSON cannot.
    ///
    /// Example:
    ///     >>> import presigned
    ///     >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
    ///     >>> form = s3.generate_presigned_post("photos", "inbox/${filename}", ExpiresIn=300)
    ///     >>> form["url"], form["fields"]["key"]
    ///     ('https://photos.s3.amazonaws.com/', 'inbox/${filename}')
    ///
    /// AWS: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
    #[pyo3(
        signature = (
            first=Given::default(), second=Given::default(), third=Given::default(), fourth=Given::default(),
            fifth=Given::default(), /, *surplus, Bucket=Given::default(), Key=Given::default(),
            Fields=Given::default(), Conditions=Given::default(), ExpiresIn=Given::default(),
        ),
        text_signature = "($self, Bucket, Key, Fields=None, Conditions=None, ExpiresIn=3600)",
    )]
    #[expect(non_snake_case, reason = "boto3 spells its arguments so")]
    #[expect(
        clippy::doc_markdown,
        clippy::doc_link_with_quotes,
        reason = "Python's docstring, not Rust's"
    )]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is read by position and by name"
    )]
    fn generate_presigned_post<'py>(
        &self,
        py: Python<'py>,
        first: Given<'_, 'py>,
        second: Given<'_, 'py>,
        third: Given<'_, 'py>,
        fourth: Given<'_, 'py>,
        fifth: Given<'_, 'py>,
        surplus: &Bound<'py, PyTuple>,
        Bucket: Given<'_, 'py>,
        Key: Given<'_, 'py>,
        Fields: Given<'_, 'py>,
        Conditions: Given<'_, 'py>,
        ExpiresIn: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let given = POST.read(
            [first, second, third, fourth, fifth],
            surplus,
            [Bucket, Key, Fields, Conditions, ExpiresIn],
        )?;
        let [Bucket, Key, Fields, Conditions, ExpiresIn] = given;
        if let Some(gate) = self.promoted.gate()
            && let Some(form) = Promoted::answer(gate, py, POST.name, POST.named(&given))?
        {
            return Ok(form);
        }
        let arguments = FormArguments {
            bucket: Bucket.object(py),
            key: Key.object(py),
            fields: Fields,
            conditions: Conditions,
            expires_in: ExpiresIn,
        };
        let (form, _) = self.forms.presign(&self.presigner, &arguments)?;
        Ok(form)
    }

    /// Makes many presigned URLs of one operation, at one instant.
    ///
    /// Args:
    ///     ClientMethod (str): The operation as boto3 names it, such as "get_object".
    ///     Params (list | dict): A list of the Params of single calls. Or one dict, in which any
    ///         member may be a column and the rest are the same for all URLs. A column is a list, a
    ///         tuple, a range, an array of numpy or Arrow, or a series of pandas or polars. A
    ///         member that takes a list by itself, such as ObjectAttributes, is never a column.
    ///     ExpiresIn (int | float | str | timedelta): How long the URLs live, in seconds: 1 to 604800
    ///         with SigV4, 3600 unless given.
    ///     HttpMethod (str): The method to sign for, if it is not the operation's own.
    ///     threads (int): How many threads sign, of which no more are started than there are rows,
    ///         and 256 at the most. Unless given, one for a small batch, and as many as there are
    ///         cores for a large one. Where the system starts no more, fewer do it.
    ///
    /// Returns:
    ///     list[str] | ArrowUrls: The URLs in order; an Arrow array if a column is one.
    ///
    /// Raises:
    ///     ParamValidationError: As for a single call, with the row in front of the message; or
    ///         columns are of unequal length, or there is none, or there are more than
    ///         100,000,000 rows.
    ///     MemoryError: There is no room for the URLs.
    ///     Exception: All others that a single call raises.
    ///
    /// Example:
    ///     >>> import presigned
    ///     >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
    ///     >>> urls = s3.generate_presigned_urls("get_object", {"Bucket": "photos", "Key": ["a.jpg", "b.jpg"]})
    ///     >>> [url.split("?")[0] for url in urls]
    ///     ['https://photos.s3.amazonaws.com/a.jpg', 'https://photos.s3.amazonaws.com/b.jpg']
    ///     >>> parts = {"Bucket": "photos", "Key": "big.tar", "UploadId": "id", "PartNumber": range(1, 4)}
    ///     >>> len(s3.generate_presigned_urls("upload_part", parts, ExpiresIn=600))
    ///     3
    ///
    /// AWS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
    #[pyo3(
        signature = (
            first=Given::default(), second=Given::default(), third=Given::default(), fourth=Given::default(), /,
            *surplus, ClientMethod=Given::default(), Params=Given::default(), ExpiresIn=Given::default(),
            HttpMethod=Given::default(), threads=Given::default(),
        ),
        text_signature = "($self, ClientMethod, Params, ExpiresIn=3600, HttpMethod=None, *, threads=None)",
    )]
    #[expect(non_snake_case, reason = "boto3 spells its arguments so")]
    #[expect(
        clippy::doc_markdown,
        clippy::doc_link_with_quotes,
        reason = "Python's docstring, not Rust's"
    )]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is read by position and by name"
    )]
    fn generate_presigned_urls<'py>(
        &self,
        py: Python<'py>,
        first: Given<'_, 'py>,
        second: Given<'_, 'py>,
        third: Given<'_, 'py>,
        fourth: Given<'_, 'py>,
        surplus: &Bound<'py, PyTuple>,
        ClientMethod: Given<'_, 'py>,
        Params: Given<'_, 'py>,
        ExpiresIn: Given<'_, 'py>,
        HttpMethod: Given<'_, 'py>,
        threads: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let given = URLS.read(
            [first, second, third, fourth],
            surplus,
            [ClientMethod, Params, ExpiresIn, HttpMethod],
        )?;
        let [ClientMethod, Params, ExpiresIn, HttpMethod] = given;
        let mut by_row = None; // Makes the URL of one row.
        if let Some(gate) = self.promoted.gate() {
            let given = URLS.named(&given).chain([("threads", threads)]);
            match Promoted::answer(gate, py, URLS.name, given)? {
                Some(answer) if answer.is_callable() => by_row = Some(answer),
                Some(urls) => return Ok(urls),
                None => {}
            }
        }
        let arguments = batch::Arguments {
            client_method: &ClientMethod.object(py),
            params: &Params.object(py),
            expires_in: ExpiresIn.not_none(),
            http_method: HttpMethod.not_none(),
            threads: threads.not_none(),
            by_row,
        };
        batch::presign(&self.presigner, &self.batches, py, &arguments)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.promoted.traverse(&visit)
    }
}

impl Client {
    /// The URL of a call, without asking the gate.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "otherwise each URL costs 0.7 % more instructions"
    )]
    pub(super) fn presigned_url<'py>(
        &self,
        called: Called<'_, Bound<'py, PyAny>>,
        given: Given<'_, 'py>,
        call: &PyCall<'_, 'py>,
    ) -> PyResult<Bound<'py, PyString>> {
        let py = call.py;
        let params = given.not_none();
        let known = self
            .call_sites
            .url(&self.presigner, called, params.as_deref(), call, |url| {
                PyString::from_bytes(py, url.as_bytes())
            });
        match known? {
            Some(url) => url,
            None => Ok(self.url(called, given, call)?),
        }
    }

    /// The URL of a call from a line that is not known.
    #[inline(never)]
    fn url<'py>(
        &self,
        called: Called<'_, Bound<'py, PyAny>>,
        given: Given<'_, 'py>,
        call: &PyCall<'_, 'py>,
    ) -> Result<Bound<'py, PyString>, Error> {
        let operation = match called.client_method {
            Some(name) => operation(name)?,
            None => return Err(Error::UnknownClientMethod(String::new())),
        };
        let mut url = Scratch::new();
        with_params(operation, given, |params, entries| {
            let presigner = &self.presigner;
            let request = presigner.append_url_of(&mut url, operation, params, call)?;
            if let Some(request) = request {
                self.call_sites.remember(called, entries, request);
            }
            Ok(())
        })?;
        Ok(PyString::from_bytes(call.py, url.as_bytes())?)
    }
}
