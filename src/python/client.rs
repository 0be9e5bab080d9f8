//! `presigned._core.Client`: the native half of an S3 client, with boto3's two methods.

use pyo3::PyTraverseError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::arguments::{Function, Given};
use super::batch;
use super::call::PyCall;
use super::form::FormArguments;
use super::gate;
use super::modern;
use super::promoted::Promoted;
use super::settings::ClientSettings;
use crate::error::Error;
use crate::s3::batch::BatchCache;
use crate::s3::{CallSiteCache, End, KnownForms, MadeUrl, Presigner};
use crate::scratch::Scratch;

/// Makes presigned URLs and POST policies for S3.
///
/// The facade's `presigned.S3` extends it; a session works its settings out.
#[pyclass(subclass, frozen, module = "presigned._core")]
pub(super) struct Client {
    pub(super) presigner: Presigner,
    forms: KnownForms<Py<PyAny>>,
    pub(super) batches: BatchCache,
    pub(super) call_sites: CallSiteCache<Py<PyAny>>,
    pub(super) promoted: Promoted,
    /// Whether all its links have options.
    has_presign_options: bool,
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
#[expect(non_snake_case, reason = "boto3 spells its arguments so")]
#[expect(clippy::too_many_arguments, reason = "each is read by position and by name")]
#[expect(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    reason = "Python's docstrings, not Rust's"
)]
impl Client {
    #[new]
    #[pyo3(signature = (**settings))]
    fn new(settings: Option<&Bound<'_, PyDict>>, py: Python<'_>) -> PyResult<Self> {
        let settings = settings.cloned().unwrap_or_else(|| PyDict::new(py));
        let settings: ClientSettings<'_> = settings.extract()?;
        Ok(Self {
            has_presign_options: settings.has_presign_options,
            presigner: settings.presigner()?,
            forms: KnownForms::default(),
            batches: BatchCache::default(),
            call_sites: CallSiteCache::default(),
            promoted: Promoted::default(),
        })
    }

    #[doc = include_str!("client/generate_presigned_url.txt")]
    #[pyo3(
        signature = (
            first=Given::default(), second=Given::default(), third=Given::default(), fourth=Given::default(), /,
            *surplus, ClientMethod=Given::default(), Params=Given::default(), ExpiresIn=Given::default(),
            HttpMethod=Given::default(),
        ),
        text_signature = "($self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None)",
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
        let by_place = [first, second, third, fourth];
        let by_name = [ClientMethod, Params, ExpiresIn, HttpMethod];
        let given = URL.read(by_place, surplus, by_name)?;
        if let Some(url) = self
            .promoted
            .answer(py, &URL, &given, Given::default(), |gate, given| {
                gate::covered_url(gate, given[0], given[1])
            })?
        {
            return Ok(url);
        }
        let [client_method, params, expires_in, http_method] = given;
        let call = PyCall::new(py, expires_in, http_method);
        let url = self.presigned_url(client_method.0.as_deref(), params, &call)?;
        Ok(url.into_any())
    }

    #[doc = include_str!("client/generate_presigned_post.txt")]
    #[pyo3(
        signature = (
            first=Given::default(), second=Given::default(), third=Given::default(), fourth=Given::default(),
            fifth=Given::default(), /, *surplus, Bucket=Given::default(), Key=Given::default(),
            Fields=Given::default(), Conditions=Given::default(), ExpiresIn=Given::default(),
        ),
        text_signature = "($self, Bucket, Key, Fields=None, Conditions=None, ExpiresIn=3600)",
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
        let by_place = [first, second, third, fourth, fifth];
        let by_name = [Bucket, Key, Fields, Conditions, ExpiresIn];
        let given = POST.read(by_place, surplus, by_name)?;
        if let Some(form) = self
            .promoted
            .answer(py, &POST, &given, Given::default(), |gate, given| {
                gate::covered_form(gate, given[0])
            })?
        {
            return Ok(form);
        }
        let (form, _) = self.presigned_form(py, given)?;
        Ok(form)
    }

    #[doc = include_str!("client/generate_presigned_urls.txt")]
    #[pyo3(
        signature = (
            ClientMethod, Params, ExpiresIn=Given::default(), HttpMethod=Given::default(), *, threads=Given::default()
        ),
        text_signature = "($self, ClientMethod, Params, ExpiresIn=3600, HttpMethod=None, *, threads=None)",
    )]
    fn generate_presigned_urls<'py>(
        &self,
        py: Python<'py>,
        ClientMethod: Given<'_, 'py>,
        Params: Given<'_, 'py>,
        ExpiresIn: Given<'_, 'py>,
        HttpMethod: Given<'_, 'py>,
        threads: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let given = [ClientMethod, Params, ExpiresIn, HttpMethod];
        let by_row = match self.promoted.answer(py, &URLS, &given, threads, |_, _| Ok(None))? {
            Some(urls) if !urls.is_callable() => return Ok(urls),
            by_row => by_row,
        };
        batch::presign(self, py, given, threads, by_row)
    }

    #[doc = include_str!("client/presign.txt")]
    #[pyo3(
        signature = (operation, params=Given::default(), *, expires_in=Given::default(), http_method=Given::default(),
            **options),
        text_signature = "($self, operation, params=None, *, expires_in=3600, http_method=None, **options)",
    )]
    fn presign<'py>(
        slf: &Bound<'py, Self>,
        operation: &Bound<'py, PyAny>,
        params: Given<'_, 'py>,
        expires_in: Given<'_, 'py>,
        http_method: Given<'_, 'py>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (py, client) = (slf.py(), slf.get());
        if options.is_none() && !client.has_presign_options && client.promoted.0.get().is_none() {
            return Ok(modern::presigned_request(
                slf,
                operation,
                params,
                expires_in,
                http_method,
                None,
            )?);
        }
        let given = (
            operation,
            params.object(py),
            expires_in.0,
            http_method.object(py),
            options,
        );
        slf.call_method1(intern!(py, "_presign"), given)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(self.promoted.0.get())
    }
}

impl Client {
    /// The URL of a call, without asking the gate.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "otherwise each URL costs 0.7 % more instructions")]
    pub(super) fn presigned_url<'py>(
        &self,
        client_method: Option<&Bound<'py, PyAny>>,
        params: Given<'_, 'py>,
        call: &PyCall<'_, 'py>,
    ) -> Result<Bound<'py, PyString>, Error> {
        let (called, params) = (call.of(client_method), params.not_none());
        let (sites, presigner) = (&self.call_sites, &self.presigner);
        let string = |url: &str| Ok(PyString::from_bytes(call.py, url.as_bytes())?);
        let take = |made: MadeUrl<'_, _>| string(made.url);
        sites.answer(presigner, called, params.as_deref(), call, take, |operation, params| {
            let mut url = Scratch::new();
            let request = presigner.append_url_of(&mut url, operation, params, call)?;
            Ok((string(&url)?, request))
        })
    }

    /// The form of a call, without asking the gate, and when it stops working.
    #[inline]
    pub(super) fn presigned_form<'py>(
        &self,
        py: Python<'py>,
        given: [Given<'_, 'py>; 5],
    ) -> Result<(Bound<'py, PyAny>, Option<End>), Error> {
        let arguments = FormArguments::new(py, given);
        self.forms.presign(&self.presigner, &arguments)
    }
}
