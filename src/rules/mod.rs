//! Evaluates AWS endpoint rule sets: published decision trees that turn a region, a bucket and a
//! few switches into a URL and the ways to sign for it.
//!
//! The trees are data ([`s3`], [`partitions`]), made by `scripts/generate_rules.py`: another
//! service needs only another table. botocore's older, flat table of hosts is in [`regions`]: a client
//! looks its region up in it. The evaluator does what botocore's own does, also in odd cases.

mod evaluate;
mod functions;
mod partition;
mod partition_of;
#[rustfmt::skip] // Generated, one rule a line.
pub mod partitions;
mod region;
mod region_partition;
#[rustfmt::skip] // Generated, one partition after the other.
pub mod regions;
mod ruleset;
#[rustfmt::skip] // Generated, one rule a line.
pub mod s3;
mod value;

pub use evaluate::{Resolved, resolve};
pub use partition::{Partition, RegionPattern};
pub use partition_of::partition_of;
pub use region::{RegionEndpoint, listed_partitions, region_endpoint, region_partition};
pub use region_partition::RegionPartition;
pub use ruleset::{Argument, FunctionCall, Parameter, ParameterKind, Property, Rule, RuleFunction, RuleSet};
pub use value::{Value, parameter_name};
