//! The functions of `presigned._core` that know AWS's regions.

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use super::strings::{carried, restored};
use crate::rules::{listed_partitions, region_endpoint as found, region_partition};

/// What botocore's endpoint data says of a region: its partition, its name, the region to sign for, and
/// the host if there is one of this kind.
#[pyfunction]
#[pyo3(signature = (region, *, dualstack, fips))]
pub(super) fn region_endpoint<'py>(
    py: Python<'py>,
    region: Option<&Bound<'py, PyString>>,
    dualstack: bool,
    fips: bool,
) -> PyResult<Bound<'py, PyTuple>> {
    let region = region.map(carried).transpose()?;
    let found = found(region.as_deref(), dualstack, fips);
    let host = found.host.map(|host| restored(py, &host)).transpose()?;
    let [region, signing] = [found.region, found.signing_region].map(|name| restored(py, name));
    (found.partition, region?, signing?, host).into_pyobject(py)
}

/// The partition that a region belongs to, if one has regions of this form.
#[pyfunction]
#[pyo3(signature = (region, /))]
pub(super) fn region_partition_name(region: &Bound<'_, PyString>) -> PyResult<Option<&'static str>> {
    Ok(region_partition(&carried(region)?).map(|partition| partition.name))
}

/// Each partition with its regions, and its endpoints that are not regions.
#[pyfunction]
#[pyo3(signature = ())]
pub(super) fn partitions() -> Vec<(&'static str, Vec<&'static str>, Vec<&'static str>)> {
    listed_partitions().collect()
}
