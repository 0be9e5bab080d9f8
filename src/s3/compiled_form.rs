//! Encodes and hashes the start of a policy once, for all forms that differ in their object's key only.
//!
//! SHA-256 and SHA-1 read blocks of 64 bytes, and base64 makes 64 characters of 48 bytes. All whole blocks in
//! front of the key are encoded and hashed once a second.

use std::borrow::Cow;
use std::sync::Arc;

use super::form::{Period, Posted};
use super::form_cache::SignerConditions;
use super::pipeline::FormDestination;
use super::pipeline::post::{self, FormKey};
use super::presigner::Presigner;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::hash::{self, HmacSha1, HmacSha256};
use crate::model::Input;
use crate::scratch::Scratch;

/// The bytes that base64 turns into one block of the hash.
const BLOCK: usize = 48;

/// The policies of forms for one bucket with the same conditions, up to the key.
pub struct CompiledForm {
    destination: Arc<FormDestination>,
    own: Arc<SignerConditions>,
    end: Timestamp,
    /// The caller's conditions and that on the bucket, as JSON.
    conditions: Arc<str>,
    /// The whole blocks, encoded.
    encoded: Box<[u8]>,
    /// The bytes behind the last whole block.
    rest: Box<str>,
    begun: BegunSignature,
}

/// The state of a signature behind all whole blocks.
enum BegunSignature {
    V4(HmacSha256),
    V2(HmacSha1),
}

impl CompiledForm {
    fn new(
        destination: &Arc<FormDestination>,
        own: Arc<SignerConditions>,
        end: Timestamp,
        conditions: &Arc<str>,
    ) -> Self {
        let mut string = Scratch::new();
        post::append_opening(&mut string, end);
        string.push_str(conditions);
        // JSON is ASCII: it may be cut anywhere.
        let (blocks, rest) = string
            .split_at_checked(string.len() / BLOCK * BLOCK)
            .unwrap_or(("", &string));
        let mut encoded = vec![0; hash::base64_length(blocks.len())];
        hash::write_base64(&mut encoded, blocks.as_bytes());
        Self {
            destination: Arc::clone(destination),
            begun: match own.key() {
                FormKey::V4(key) | FormKey::Session(key) => BegunSignature::V4(key.begin(&encoded)),
                FormKey::V2(key) => BegunSignature::V2(key.begin(&encoded)),
            },
            own,
            end,
            conditions: Arc::clone(conditions),
            encoded: encoded.into(),
            rest: rest.into(),
        }
    }

    /// Whether the second in which they are signed is in these policies, as SigV4 has it.
    #[must_use]
    pub(super) fn has_second(&self) -> bool {
        self.own.key().at().is_some()
    }

    /// Calls `take` with the form for this object's key.
    fn finish<T>(&self, key: &dyn Input, take: impl FnOnce(&Posted<'_>) -> T) -> Result<T, Error> {
        let mut string = Scratch::new();
        string.push_str(&self.rest);
        post::append_rest(&mut string, key, self.own.json())?;
        let start = self.encoded.len();
        let length = start + hash::base64_length(string.len());
        Ok(post::with_room(length, |policy| {
            let (before, behind) = policy.split_at_mut(start);
            before.copy_from_slice(&self.encoded);
            hash::write_base64(behind, string.as_bytes());
            let key = self.own.key();
            let (hex, base64);
            let signature = match &self.begun {
                BegunSignature::V4(begun) => {
                    hex = hash::hex(&begun.finish(behind));
                    &hex[..]
                }
                BegunSignature::V2(begun) => {
                    base64 = hash::base64_of_sha1(&begun.finish(behind));
                    &base64[..]
                }
            };
            post::signed(key.signer(), policy, signature, |fields| {
                take(&Posted {
                    url: &self.destination.url,
                    fields,
                    key: Some(key),
                    credentials: Some(key.credentials()),
                    end: self.end,
                    conditions: &self.conditions,
                })
            })
        }))
    }
}

impl Presigner {
    /// What a form that `key` has just signed shares with all forms that differ from it in their
    /// object's key only.
    ///
    /// # Errors
    /// As [`presign_post`](Self::presign_post).
    pub fn compile_form(
        &self,
        bucket: &dyn Input,
        conditions: Option<&dyn Input>,
        key: &FormKey,
        end: Timestamp,
    ) -> Result<CompiledForm, Error> {
        let mut string = String::new();
        post::append_conditions(&mut string, conditions, bucket)?;
        let destination = self.destination(bucket)?;
        let own = self.forms.signer_conditions(key.clone());
        Ok(CompiledForm::new(&destination, own, end, &string.into()))
    }

    /// Calls `take` with a form that differs from an earlier one in its object's key only.
    ///
    /// In another second, with other credentials or another lifetime, `take` also gets a new
    /// compiled form. The next form should be made from it.
    ///
    /// # Errors
    /// Those of the credentials and of the key.
    pub fn presign_post_like<T>(
        &self,
        form: &CompiledForm,
        key: &dyn Input,
        period: Period,
        take: impl FnOnce(&Posted<'_>, Option<&Arc<CompiledForm>>) -> T,
    ) -> Result<T, Error> {
        let known = form.own.key();
        let others = self.credentials.other_than(known.credentials())?;
        let mut is_current = others.is_none() && known.at().is_none_or(|at| at == period.now);
        let mut signer = Cow::Borrowed(known);
        if !is_current {
            let credentials = others.as_ref().unwrap_or(known.credentials());
            let endpoint = &form.destination.endpoint;
            signer = Cow::Owned(match known {
                FormKey::V4(_) => FormKey::V4(self.key(credentials, endpoint, period.now)),
                // No such form becomes known.
                FormKey::Session(key) => FormKey::Session(Arc::clone(key)),
                FormKey::V2(_) => FormKey::V2(self.sigv2_key(credentials)),
            });
            // Other objects may hold the same credentials.
            is_current = signer.is(known);
        }
        if is_current && form.end == period.end {
            return form.finish(key, |posted| take(posted, None));
        }
        let own = self.forms.signer_conditions(signer.into_owned());
        let renewed = CompiledForm::new(&form.destination, own, period.end, &form.conditions);
        let renewed = Arc::new(renewed);
        renewed.finish(key, |posted| take(posted, Some(&renewed)))
    }
}
