//! Turns the canonical requests of a chunk into signatures, four at a time.
//!
//! Equally long messages of one request end in the same bytes at the same place. So those bytes are
//! prepared only once: see [`Tail`].

use std::sync::Arc;

use super::row_buffer::RowBuffer;
use crate::hash::lanes::{LANES, Tail, digests, pad};
use crate::s3::compiled_request::ReadyRequest;

/// A canonical request that is to be signed.
pub(super) struct Message<'p, R> {
    request: &'p ReadyRequest,
    /// Its length in bytes.
    length: usize,
    /// How many blocks hold its values: those behind are the same for equally long ones.
    head: usize,
    /// All its blocks.
    blocks: usize,
    /// Its place among the signatures.
    number: usize,
    /// What its values are found by.
    row: R,
}

/// From so many equally long messages on, preparing their end pays.
const MANY: usize = 8;

impl<'p, R> Message<'p, R> {
    /// The canonical request of `request` with so many bytes of values.
    pub(super) fn new(request: &'p ReadyRequest, values: usize, number: usize, row: R) -> Self {
        let length = request.canonical_request.length() + values;
        Self {
            request,
            length,
            head: (length - request.canonical_request.end_length()).div_ceil(64),
            blocks: (length + 9).div_ceil(64),
            number,
            row,
        }
    }

    /// Whether the two can be hashed side by side.
    fn is_like(&self, other: &Self) -> bool {
        self.head == other.head && self.blocks == other.blocks && Arc::ptr_eq(&self.request.key, &other.request.key)
    }

    /// What must be equal for two to have one tail.
    fn end(&self) -> (*const ReadyRequest, usize) {
        (std::ptr::from_ref(self.request), self.length)
    }
}

/// The signature of each message by its number. The messages may change their order.
pub(super) fn sign<'v, R>(messages: &mut [Message<'_, R>], value: impl Fn(&R, usize) -> &'v [u8]) -> Vec<[u8; 32]> {
    let mut signatures = vec![[0; 32]; messages.len()];
    if !messages.is_sorted_by_key(Message::end) {
        messages.sort_unstable_by_key(Message::end);
    }
    let mut tails = Vec::new();
    let mut tail_of = Vec::with_capacity(messages.len());
    for equals in messages.chunk_by(|one, other| one.end() == other.end()) {
        let mut whole = Vec::with_capacity(equals[0].length + 72);
        let value = |column| value(&equals[0].row, column);
        let request = &equals[0].request.canonical_request;
        request.append(&mut whole, value);
        pad(&mut whole);
        let blocks = &whole.as_chunks().0[equals[0].head..];
        tail_of.resize(tail_of.len() + equals.len(), tails.len());
        tails.push(Tail::new(blocks, equals.len() >= MANY));
    }

    let mut heads: [RowBuffer<'_>; LANES] = Default::default();
    let mut start = 0;
    while let Some(first) = messages.get(start) {
        let alike = messages[start..].iter().take(LANES);
        let count = alike.take_while(|message| message.is_like(first)).count();
        // Unused lanes repeat the last message.
        let lanes: [usize; LANES] = std::array::from_fn(|lane| start + lane.min(count - 1));
        let mut filled = heads.iter_mut().zip(&lanes).map(|(head, &at)| {
            let message = &messages[at];
            let request = &message.request.canonical_request;
            let value = |column| value(&message.row, column);
            let head = head.fill(request, value, |string| {
                let length = message.head * 64;
                request.append_start(string, length, value);
                if string.len() < length {
                    pad(string);
                }
                string.truncate(length);
            });
            &*head
        });
        let blocks = std::array::from_fn(|_| filled.next().unwrap_or_default().as_chunks().0);
        let digests = digests(blocks, lanes.map(|at| &tails[tail_of[at]]));
        let signed = first.request.key.sign_digests(&digests);
        for (message, signature) in messages[start..start + count].iter().zip(signed) {
            signatures[message.number] = signature;
        }
        start += count;
    }
    signatures
}
