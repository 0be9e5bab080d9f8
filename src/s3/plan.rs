//! Makes many requests of one operation from what the pipeline made of one: nothing is worked out twice.
//!
//! A [`Template`] is the output of the whole pipeline, cut open where a value varies, and where the
//! keys and the second are. A [`Plan`] is a template for one key and second: what is left of a
//! request is to put values into the gaps, to hash, and to sign.

mod column;
mod cut;
mod stand_in;
mod template;

use std::sync::Arc;

pub use column::Column;
pub(super) use cut::Cut;
pub use template::Planned;
pub(super) use template::Template;

use super::{Call, Presigner};
use crate::model::Operation;
use crate::sigv4::ScopedKey;

/// What requests of one key and second have in common: all but the values of their columns.
pub struct Plan {
    pub(super) key: Arc<ScopedKey>,
    /// The URL up to its signature.
    pub(super) url: Cut,
    pub(super) canonical_request: Cut,
}

impl Plan {
    /// The plan of these parameters, at the instant of `call`; columns are numbered as they come.
    ///
    /// `None` if such requests must be presigned one by one: what signs them is not S3's SigV4, or
    /// they are not good to sign at all.
    #[must_use]
    pub fn new(
        presigner: &Presigner,
        operation: &'static Operation,
        planned: &[Planned<'_>],
        call: &dyn Call,
    ) -> Option<Self> {
        let template = Template::new(presigner, operation, planned, call)?;
        let credentials = presigner.credentials.credentials().ok()??;
        let key = presigner.key(&credentials, &template.endpoint, call.now().ok()?);
        Some(template.plan(key, &[]))
    }
}
