//! Makes a hundred calls of each kind, whose instructions callgrind counts. Before that, it hashes a
//! hundred times 16 blocks, which shows what a block costs under callgrind.
//!
//! `parent_id` is only a mark: callgrind writes its counts whenever it is called.

use std::error::Error;
use std::hint::black_box;
use std::os::unix::process::parent_id;

use calls::{Case, NAMES};
use sha2::block_api::compress256;

const CALLS: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let mut state = [0; 8];
    between_marks(|| {
        compress256(&mut state, black_box(&[[0; 64]; 16]));
        Ok(0)
    })?;
    for name in NAMES {
        let case = Case::named(name).ok_or(name)?;
        between_marks(|| case.call().map_err(|error| format!("{error:?}").into()))?;
    }
    Ok(())
}

/// Makes the calls twice, the second time between marks, when the caches are filled.
fn between_marks(mut call: impl FnMut() -> Result<usize, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    for _ in 0..CALLS {
        black_box(call()?);
    }
    let _ = parent_id();
    for _ in 0..CALLS {
        black_box(call()?);
    }
    let _ = parent_id();
    Ok(())
}
