//! `presigned._core.Client`: the native half of an S3 client, with boto3's two methods.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use smallvec::SmallVec;

use super::arguments::{Function, Given};
use super::call::{PyCall, wrong_type};
use super::convert::PyInput;
use super::errors::{foreign, raised};
use super::form::Form;
use super::settings;
use crate::error::Error;
use crate::model::{Input as _, Operation, Param, ParamName};
use crate::s3::Presigner;

/// Makes presigned URLs and POST policies for S3.
///
/// The facade's `presigned.client.S3` extends it, and works its settings out.
#[pyclass(subclass, frozen, module = "presigned._core")]
pub(super) struct Client {
    pub(super) presigner: Presigner,
}

const URL: Function<4> = Function {
    name: "generate_presigned_url",
    arguments: ["ClientMethod", "Params", "ExpiresIn", "HttpMethod"],
    required: 1,
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
        let presigner = settings::presigner(&settings)?;
        Ok(Self { presigner })
    }

    #[pyo3(
        signature = (
            *positional, ClientMethod=Given::default(), Params=Given::default(),
            ExpiresIn=Given::default(), HttpMethod=Given::default(), **unknown,
        ),
        text_signature = "($self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None)",
    )]
    #[expect(non_snake_case, reason = "boto3 spells its arguments so")]
    #[expect(
        clippy::too_many_arguments,
        reason = "boto3's, and two that take all others"
    )]
    fn generate_presigned_url<'py>(
        &self,
        py: Python<'py>,
        positional: &Bound<'py, PyTuple>,
        ClientMethod: Given<'py>,
        Params: Given<'py>,
        ExpiresIn: Given<'py>,
        HttpMethod: Given<'py>,
        unknown: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<String> {
        let named = [ClientMethod, Params, ExpiresIn, HttpMethod];
        let [client_method, params, expires_in, http_method] =
            URL.bind(positional, named, unknown)?;
        let call = PyCall {
            py,
            expires_in: expires_in.not_none(),
            http_method: http_method.not_none(),
        };
        let presign = || -> Result<String, Error> {
            let operation = operation(&client_method)?;
            let entries = self.entries(&params)?;
            let inputs: SmallVec<[PyInput<'_, 'py>; 8]> =
                entries.iter().map(|(_, value)| PyInput(value)).collect();
            // Pushed one by one: collecting into a `Result` would move the whole list.
            let mut params = SmallVec::<[Param<'_>; 8]>::new();
            for ((name, _), value) in entries.iter().zip(&inputs) {
                params.push(Param {
                    name: param_name(operation, name)?,
                    value,
                });
            }
            self.presigner.presign_url(operation, &params, &call)
        };
        presign().map_err(|error| raised(py, error))
    }

    #[pyo3(
        signature = (
            *positional, Bucket=Given::default(), Key=Given::default(), Fields=Given::default(),
            Conditions=Given::default(), ExpiresIn=Given::default(), **unknown,
        ),
        text_signature = "($self, Bucket, Key, Fields=None, Conditions=None, ExpiresIn=3600)",
    )]
    #[expect(non_snake_case, reason = "boto3 spells its arguments so")]
    #[expect(
        clippy::too_many_arguments,
        reason = "boto3's, and two that take all others"
    )]
    fn generate_presigned_post<'py>(
        &self,
        py: Python<'py>,
        positional: &Bound<'py, PyTuple>,
        Bucket: Given<'py>,
        Key: Given<'py>,
        Fields: Given<'py>,
        Conditions: Given<'py>,
        ExpiresIn: Given<'py>,
        unknown: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let named = [Bucket, Key, Fields, Conditions, ExpiresIn];
        let [bucket, key, fields, conditions, expires_in] =
            POST.bind(positional, named, unknown)?;
        let form = Form {
            bucket: bucket.into_object(py),
            key: key.into_object(py),
            fields,
            conditions,
            expires_in,
        };
        form.presign(&self.presigner)
            .map_err(|error| raised(py, error))
    }
}

/// The operation of this method name.
fn operation(name: &Given<'_>) -> Result<&'static Operation, Error> {
    let Some(name) = &name.0 else {
        return Err(Error::UnknownClientMethod(String::new()));
    };
    let text = name
        .cast::<PyString>()
        .ok()
        .and_then(|text| text.to_str().ok());
    match text.and_then(Operation::by_method_name) {
        Some(operation) => Ok(operation),
        None => Err(Error::UnknownClientMethod(PyInput(name).shown()?)),
    }
}

impl Client {
    /// The caller's parameters in their order.
    fn entries<'py>(&self, params: &Given<'py>) -> Result<Entries<'py>, Error> {
        let Some(params) = params.not_none() else {
            return Ok(Entries::new());
        };
        if let Ok(params) = params.cast::<PyDict>() {
            return Ok(params.iter().collect());
        }
        // Without validation boto3 takes any mapping.
        if !self.presigner.validates() && params.hasattr("items").map_err(foreign)? {
            let class = params.py().get_type::<PyDict>();
            let copy = class.call1((params,)).map_err(foreign)?;
            return Ok(copy.cast::<PyDict>().map_err(foreign)?.iter().collect());
        }
        Err(wrong_type("input", params, "<class 'dict'>"))
    }
}

type Entries<'py> = SmallVec<[(Bound<'py, PyAny>, Bound<'py, PyAny>); 8]>;

/// The member of this name; a name of no member is kept as Python prints it.
fn param_name<'a>(
    operation: &'static Operation,
    name: &'a Bound<'_, PyAny>,
) -> Result<ParamName<'a>, Error> {
    let text = name
        .cast::<PyString>()
        .ok()
        .and_then(|text| text.to_str().ok());
    match text.and_then(|text| operation.member(text)) {
        Some(member) => Ok(ParamName::Known(member)),
        None => Ok(ParamName::Unknown(PyInput(name).shown()?.into())),
    }
}
