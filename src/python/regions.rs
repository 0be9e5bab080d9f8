//! The functions of `presigned._core` that know AWS's regions.

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::strings::{carried, restored};
use crate::rules::regions::PARTITIONS;
use crate::rules::{region_endpoint as found, region_partition};

/// Partition, name, region to sign for, and host if there is one of this kind.
type RegionAnswer<'py> = (
    &'static str,
    Bound<'py, PyAny>,
    Bound<'py, PyAny>,
    Option<Bound<'py, PyAny>>,
);

/// What botocore's endpoint data says of a region.
#[pyfunction]
#[pyo3(signature = (region, *, dualstack, fips))]
pub(super) fn region_endpoint<'py>(
    py: Python<'py>,
    region: Option<&Bound<'py, PyString>>,
    dualstack: bool,
    fips: bool,
) -> PyResult<RegionAnswer<'py>> {
    let region = region.map(carried).transpose()?;
    let found = found(region.as_deref(), dualstack, fips);
    let host = found.host.map(|host| restored(py, &host)).transpose()?;
    Ok((
        found.partition,
        restored(py, found.region)?,
        restored(py, found.signing_region)?,
        host,
    ))
}

/// The partition that a region belongs to, if one has regions of this form.
#[pyfunction]
#[pyo3(signature = (region, /))]
pub(super) fn region_partition_name(
    region: &Bound<'_, PyString>,
) -> PyResult<Option<&'static str>> {
    Ok(region_partition(&carried(region)?).map(|partition| partition.name))
}

/// Each partition with its regions, and its endpoints that are not regions.
#[pyfunction]
#[pyo3(signature = ())]
pub(super) fn partitions() -> Vec<(&'static str, Vec<&'static str>, Vec<&'static str>)> {
    let all = PARTITIONS.iter().map(|partition| {
        let special = partition.special.iter().map(|(name, ..)| *name);
        (
            partition.name,
            partition.regions.to_vec(),
            special.collect(),
        )
    });
    all.collect()
}
