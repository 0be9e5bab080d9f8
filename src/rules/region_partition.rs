//! What botocore's endpoint data says of a partition.

use super::partition::RegionPattern;

/// A partition, as botocore's endpoint data describes it for S3.
#[derive(Debug)]
pub struct RegionPartition {
    /// `aws`, `aws-cn`.
    pub name: &'static str,
    /// The pattern of its regions' names, also of unknown regions.
    pub pattern: RegionPattern,
    /// Its regions; S3 is in each of them.
    pub regions: &'static [&'static str],
    /// The host, with `{region}` in it.
    pub plain: &'static str,
    /// The host that answers on IPv6 too, where there is one.
    pub dual_stack: Option<&'static str>,
    /// The FIPS 140 host, where there is one.
    pub fips: Option<&'static str>,
    /// The host that is both.
    pub dual_stack_fips: Option<&'static str>,
    /// The endpoint to use if no region is given.
    pub global_name: Option<&'static str>,
    /// Endpoints that are not regions: name, host, region to sign for.
    pub special: &'static [(&'static str, &'static str, &'static str)],
}
