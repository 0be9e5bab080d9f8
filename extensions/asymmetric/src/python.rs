//! The class and the functions of `presigned._asymmetric`. They release the GIL while they sign.

mod derived_keys;
mod many;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::{Algorithm, PrivateKey, Refused, interpreter};

/// Signatures by private keys.
#[pymodule]
fn _asymmetric(module: &Bound<'_, PyModule>) -> PyResult<()> {
    interpreter::check(module.py(), "_asymmetric")?;
    module.add_class::<Key>()?;
    module.add_function(wrap_pyfunction!(sigv4a_signature, module)?)
}

/// A private key: RSA with 2048 bits, or ECDSA on the curve P-256. It cannot be pickled or shown.
#[pyclass(frozen, name = "PrivateKey", module = "presigned._asymmetric")]
struct Key(PrivateKey);

#[pymethods]
impl Key {
    /// Reads the first private key in PEM. A `ValueError` says why it cannot be used.
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_pem(py: Python<'_>, text: &[u8]) -> PyResult<Self> {
        // RSA keys are checked, which takes a while.
        py.detach(|| PrivateKey::from_pem(text))
            .map(Self)
            .map_err(|refused| raised(&refused))
    }

    /// `"RSA"` or `"ECDSA"`.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind()
    }

    /// The signature of a message; `algorithm` is `"SHA1"` or `"SHA256"`.
    #[pyo3(signature = (message, algorithm, /))]
    fn sign<'py>(&self, py: Python<'py>, message: &[u8], algorithm: &str) -> PyResult<Bound<'py, PyBytes>> {
        let algorithm = named(algorithm)?;
        let signature = py.detach(|| self.0.sign(message, algorithm));
        Ok(PyBytes::new(py, &signature.map_err(|refused| raised(&refused))?))
    }

    /// The signatures of several messages, by several threads.
    #[pyo3(signature = (messages, algorithm, threads, /))]
    #[expect(clippy::needless_pass_by_value, reason = "pyo3 passes it so")]
    fn sign_many<'py>(
        &self,
        py: Python<'py>,
        messages: Vec<PyBackedBytes>,
        algorithm: &str,
        threads: usize,
    ) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let algorithm = named(algorithm)?;
        let signatures = py.detach(|| many::signed(&self.0, &messages, algorithm, threads));
        let signatures = signatures.map_err(|refused| raised(&refused))?;
        Ok(signatures.iter().map(|signature| PyBytes::new(py, signature)).collect())
    }

    fn __repr__(&self) -> String {
        format!("<presigned._asymmetric.PrivateKey: {}>", self.0.kind())
    }
}

/// The signature of a string to sign by `SigV4A`, in hexadecimal digits.
#[pyfunction]
#[pyo3(signature = (access_key, secret_key, string_to_sign, /))]
fn sigv4a_signature(py: Python<'_>, access_key: &str, secret_key: &str, string_to_sign: &[u8]) -> PyResult<String> {
    let signature = py.detach(|| derived_keys::key(access_key, secret_key)?.sign(string_to_sign, Algorithm::Sha256));
    let signature = signature.map_err(|refused| raised(&refused))?;
    Ok(base16ct::lower::encode_string(&signature))
}

fn named(algorithm: &str) -> PyResult<Algorithm> {
    Algorithm::named(algorithm).ok_or_else(|| PyValueError::new_err("the algorithm must be SHA1 or SHA256"))
}

fn raised(refused: &Refused) -> PyErr {
    PyValueError::new_err(refused.to_string())
}
