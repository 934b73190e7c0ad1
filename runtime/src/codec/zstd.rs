use std::marker::PhantomData;

use super::{Codec, Problem};

/// Compresses what `C` encodes by Zstandard when it is at least `OVER` bytes.
///
/// Compressed values are told by the format's magic number, which no text, JSON or MessagePack map
/// begins with, so values written before compression was declared stay readable.
#[derive(Debug, Clone, Copy)]
pub struct Zstd<C, const OVER: usize>(PhantomData<C>);

const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// The level that the format's authors recommend for speed.
const LEVEL: i32 = 3;
/// Larger values are refused, so that a small stored text cannot exhaust memory.
const LIMIT: usize = 512 * 1024 * 1024;

impl<C: Codec, const OVER: usize> Codec for Zstd<C, OVER> {
    type Value = C::Value;
    type Ref = C::Ref;

    fn encode<R>(value: &C::Ref, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        C::encode(value, |plain| {
            if plain.len() < OVER && !plain.starts_with(&MAGIC) {
                return Ok(use_bytes(plain));
            }
            match zstd::bulk::compress(plain, LEVEL) {
                Ok(packed) => Ok(use_bytes(&packed)),
                Err(_) => Err(Problem::Borrowed("cannot be compressed")),
            }
        })?
    }

    fn decode(bytes: Vec<u8>) -> Result<C::Value, Problem> {
        if !bytes.starts_with(&MAGIC) {
            return C::decode(bytes);
        }
        let size = zstd::zstd_safe::get_frame_content_size(&bytes)
            .ok()
            .flatten()
            .and_then(|size| usize::try_from(size).ok())
            .filter(|size| *size <= LIMIT)
            .ok_or(Problem::Borrowed("compressed value of unknown size"))?;
        let plain = zstd::bulk::decompress(&bytes, size)
            .map_err(|_| Problem::Borrowed("damaged compressed value"))?;
        C::decode(plain)
    }
}
