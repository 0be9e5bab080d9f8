//! Turns the canonical requests of a chunk into signatures, four at a time.

use std::sync::Arc;

use super::row_buffer::RowBuffer;
use crate::hash::lanes::{LANES, digests, pad};
use crate::s3::compiled_request::ReadyRequest;

/// A canonical request that is to be signed.
pub(super) struct Message<'p, R> {
    request: &'p ReadyRequest,
    /// Its length in bytes.
    length: usize,
    /// Its place among the signatures.
    number: usize,
    /// What its values are found by.
    row: R,
}

impl<'p, R> Message<'p, R> {
    /// The canonical request of `request` with so many bytes of values.
    pub(super) fn new(request: &'p ReadyRequest, values: usize, number: usize, row: R) -> Self {
        Self {
            request,
            length: request.canonical_request.length() + values,
            number,
            row,
        }
    }

    /// How many blocks the hash reads, with the padding.
    fn blocks(&self) -> usize {
        (self.length + 9).div_ceil(64)
    }

    /// Whether the two can be hashed side by side.
    fn is_like(&self, other: &Self) -> bool {
        self.blocks() == other.blocks() && Arc::ptr_eq(&self.request.key, &other.request.key)
    }

    /// Messages that are equal in this have the same bytes around their values.
    fn form(&self) -> (*const ReadyRequest, usize) {
        (std::ptr::from_ref(self.request), self.length)
    }
}

/// The signature of each message by its number. The messages may change their order.
pub(super) fn sign<'v, R>(
    messages: &mut [Message<'_, R>],
    value: impl Fn(&R, usize) -> &'v [u8],
) -> Vec<[u8; 32]> {
    let mut signatures = vec![[0; 32]; messages.len()];
    if !messages.is_sorted_by_key(Message::form) {
        messages.sort_unstable_by_key(Message::form);
    }
    let mut buffers: [RowBuffer<'_>; LANES] = Default::default();
    let mut start = 0;
    while let Some(first) = messages.get(start) {
        let alike = messages[start..].iter().take(LANES);
        let count = alike.take_while(|message| message.is_like(first)).count();
        // Lanes that are left over repeat the last message.
        let lanes: [usize; LANES] = std::array::from_fn(|lane| start + lane.min(count - 1));
        let mut padded = buffers.iter_mut().zip(&lanes).map(|(buffer, &at)| {
            let message = &messages[at];
            let request = &message.request.canonical_request;
            let value = |column| value(&message.row, column);
            let text = buffer.fill(request, value, |text| {
                request.append(text, value);
                pad(text);
            });
            &*text
        });
        let blocks = std::array::from_fn(|_| padded.next().unwrap_or_default().as_chunks().0);
        let signed = first.request.key.sign_digests(&digests(blocks));
        for (message, signature) in messages[start..start + count].iter().zip(signed) {
            signatures[message.number] = signature;
        }
        start += count;
    }
    signatures
}
