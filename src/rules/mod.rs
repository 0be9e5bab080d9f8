//! Evaluates AWS endpoint rule sets: published decision trees that turn a region, a bucket and a
//! few switches into a URL and the ways to sign for it.
//!
//! The trees are data ([`s3`], [`partitions`]), made by `scripts/generate_rules.py`; to serve
//! another service is to generate another table. The semantics are those of botocore's own
//! evaluator, its odd corners included.

mod evaluate;
mod functions;
mod partition;
#[rustfmt::skip] // Generated, one rule a line.
pub mod partitions;
#[rustfmt::skip] // Generated, one rule a line.
pub mod s3;
mod ruleset;
mod value;

pub use evaluate::{Resolved, resolve};
pub use partition::{Partition, RegionPattern, partition_of};
pub use ruleset::{Argument, Call, Function, Kind, Parameter, Property, Rule, RuleSet};
pub use value::Value;
