//! Encodes and hashes the start of a policy once, for all forms that differ in their object's key only.
//!
//! SHA-256 reads blocks of 64 bytes, and base64 makes 64 characters of 48 bytes. All whole blocks in
//! front of the key are encoded and hashed once a second.

use std::borrow::Cow;
use std::sync::Arc;

use super::form::{Period, Posted};
use super::form_cache::SignerConditions;
use super::pipeline::FormDestination;
use super::pipeline::post::{self, Signer};
use super::presigner::Presigner;
use crate::clock::Timestamp;
use crate::error::Error;
use crate::hash::{self, HmacSha256};
use crate::model::Input;
use crate::scratch::Scratch;
use crate::sigv4::ScopedKey;

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
    /// The signature's state behind all whole blocks.
    signed: HmacSha256,
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
            signed: own.key().begin(&encoded),
            own,
            end,
            conditions: Arc::clone(conditions),
            encoded: encoded.into(),
            rest: rest.into(),
        }
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
            let signature = hash::hex(&self.signed.finish(behind));
            let key = self.own.key();
            post::signed(Signer::V4(key), policy, &signature, |fields| {
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
        key: &Arc<ScopedKey>,
        end: Timestamp,
    ) -> Result<CompiledForm, Error> {
        let mut string = String::new();
        post::append_conditions(&mut string, conditions, bucket)?;
        let destination = self.destination(bucket)?;
        let own = self.forms.signer_conditions(Arc::clone(key));
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
        let mut is_current = others.is_none() && known.at() == period.now;
        let mut signer = Cow::Borrowed(known);
        if !is_current {
            let credentials = others.as_ref().unwrap_or(known.credentials());
            let endpoint = &form.destination.endpoint;
            signer = Cow::Owned(self.key(credentials, endpoint, period.now));
            // Other objects may hold the same credentials.
            is_current = Arc::ptr_eq(&signer, known);
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
