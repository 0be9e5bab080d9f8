//! Keeps the start of a policy as it is signed: what forms share that differ in their key only.
//!
//! A hash takes blocks, and base64 makes a block of 48 bytes. All whole blocks in front of the key
//! are encoded and hashed once in a second, for all forms of a kind.

use std::borrow::Cow;
use std::sync::Arc;

use super::kept::{Closing, Destination};
use super::{Period, Posted, Presigner};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::hash::{self, HmacSha256};
use crate::model::Input;
use crate::s3::post::{self, Signer};
use crate::scratch::Scratch;
use crate::sigv4::ScopedKey;

/// So many bytes are a block of the hash, once they are encoded.
const BLOCK: usize = 48;

/// The policies of forms for one bucket with the same conditions, up to the key.
pub struct Begun {
    destination: Arc<Destination>,
    closing: Arc<Closing>,
    end: Timestamp,
    /// The caller's conditions and that on the bucket, as JSON.
    conditions: Arc<str>,
    /// The whole blocks, encoded.
    encoded: Box<[u8]>,
    /// What is behind the last of them.
    rest: Box<str>,
    /// The signing key after all whole blocks.
    signed: HmacSha256,
}

impl Begun {
    fn new(
        destination: &Arc<Destination>,
        closing: Arc<Closing>,
        end: Timestamp,
        conditions: &Arc<str>,
    ) -> Self {
        let mut text = Scratch::new();
        post::append_opening(&mut text, end);
        text.push_str(conditions);
        // JSON is ASCII: it may be cut anywhere.
        let (blocks, rest) = text
            .split_at_checked(text.len() / BLOCK * BLOCK)
            .unwrap_or(("", &text));
        let mut encoded = vec![0; hash::base64_length(blocks.len())];
        hash::write_base64(&mut encoded, blocks.as_bytes());
        Self {
            destination: Arc::clone(destination),
            signed: closing.key().begin(&encoded),
            closing,
            end,
            conditions: Arc::clone(conditions),
            encoded: encoded.into(),
            rest: rest.into(),
        }
    }

    /// Hands `take` the form for this key.
    fn finish<T>(&self, key: &dyn Input, take: impl FnOnce(&Posted<'_>) -> T) -> Result<T, Error> {
        let mut text = Scratch::new();
        text.push_str(&self.rest);
        post::append_rest(&mut text, key, self.closing.conditions())?;
        let start = self.encoded.len();
        let length = start + hash::base64_length(text.len());
        Ok(post::with_room(length, |policy| {
            let (before, behind) = policy.split_at_mut(start);
            before.copy_from_slice(&self.encoded);
            hash::write_base64(behind, text.as_bytes());
            let signature = hash::hex(&self.signed.finish(behind));
            let key = self.closing.key();
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
    /// What a form that `key` has just signed shares with all that differ from it in their key
    /// only.
    ///
    /// # Errors
    /// As [`presign_post`](Self::presign_post).
    pub fn begin_post(
        &self,
        bucket: &dyn Input,
        conditions: Option<&dyn Input>,
        key: &Arc<ScopedKey>,
        end: Timestamp,
    ) -> Result<Begun, Error> {
        let mut text = String::new();
        post::append_conditions(&mut text, conditions, bucket)?;
        let destination = self.destination(bucket)?;
        let closing = self.forms.closing(Arc::clone(key));
        Ok(Begun::new(&destination, closing, end, &text.into()))
    }

    /// Hands `take` a form that shares all but its key with an earlier one.
    ///
    /// In another second, with other credentials or another life, it is handed with it what
    /// the next form is best made from.
    ///
    /// # Errors
    /// Those of the credentials, and where the key raises.
    pub fn presign_post_like<T>(
        &self,
        begun: &Begun,
        key: &dyn Input,
        period: Period,
        take: impl FnOnce(&Posted<'_>, Option<&Arc<Begun>>) -> T,
    ) -> Result<T, Error> {
        let known = begun.closing.key();
        let others = self.credentials.other_than(known.credentials())?;
        let mut is_current = others.is_none() && known.at() == period.now;
        let mut signer = Cow::Borrowed(known);
        if !is_current {
            let credentials = others.as_ref().unwrap_or(known.credentials());
            let endpoint = &begun.destination.endpoint;
            signer = Cow::Owned(self.key(credentials, endpoint, period.now));
            // Other objects may hold the same credentials.
            is_current = Arc::ptr_eq(&signer, known);
        }
        if is_current && begun.end == period.end {
            return begun.finish(key, |posted| take(posted, None));
        }
        let closing = self.forms.closing(signer.into_owned());
        let renewed = Begun::new(&begun.destination, closing, period.end, &begun.conditions);
        let renewed = Arc::new(renewed);
        renewed.finish(key, |posted| take(posted, Some(&renewed)))
    }
}
