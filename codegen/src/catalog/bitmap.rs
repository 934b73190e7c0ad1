//! Bits by offset.

use super::table::methods;

methods! {
    Read {
        /// A bit, by its offset or its declared name; those that were never set are 0.
        getbit(offset) -> "bool" => Read ["GETBIT key offset"];
        /// Number of bits that are 1.
        bitcount() -> "u64": "O(n)" => Read ["BITCOUNT key"];
        /// Number of bits that are 1 between two bytes, both included; negative ones count from the end, -1
        /// being the last byte.
        bitcount_bytes(first, last) -> "u64": "O(n)" => Read ["BITCOUNT key first last"];
        /// Number of bits that are 1 between two bits, both included; negative ones count from the end, -1
        /// being the last bit.
        bitcount_bits(first, last) -> "u64": "O(n)" => Read ["BITCOUNT key first last BIT"];
        /// Where the first bit of this kind is.
        bitpos(on) -> "Option<u64>": "O(n)" => Read ["BITPOS key 0|1"];
        /// Where the first bit of this kind is between two bytes, both included; negative ones count from the
        /// end.
        bitpos_bytes(on, first, last) -> "Option<u64>": "O(n)" => Read ["BITPOS key 0|1 first last"];
        /// Where the first bit of this kind is between two bits, both included; negative ones count from the
        /// end.
        bitpos_bits(on, first, last) -> "Option<u64>": "O(n)" => Read ["BITPOS key 0|1 first last BIT"];
    }
    Write {
        /// Sets a bit, by its offset or its declared name; returns what it was before.
        setbit(offset, on) -> "bool" repeatable => Write ["SETBIT key offset 0|1"];
        /// Reads and changes integers inside the bitmap, atomically; one result for each operation in order,
        /// `None` where `Overflow::Fail` prevented it.
        bitfield(fields) -> "Vec<Option<i64>>" or(Read, "when it only reads") =>
            Write ["BITFIELD key GET|SET|INCRBY|OVERFLOW …"]
            | Read Reading ["BITFIELD_RO key GET type offset …"];
    }
    Several {
        /// Replaces this bitmap by the bits that are 1 in all sources; returns its length in bytes.
        bitop_and(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n)" => Replace ["BITOP AND key other …"];
        /// Replaces this bitmap by the bits that are 1 in any source; returns its length in bytes.
        bitop_or(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n)" => Replace ["BITOP OR key other …"];
        /// Replaces this bitmap by the bits that are 1 in an odd number of sources; returns its length in
        /// bytes.
        bitop_xor(sources) -> "u64" again or(Unsafe, "where the key is a source"): "O(n)" => Replace ["BITOP XOR key other …"];
        /// Replaces this bitmap by the source with every bit turned; returns its length in bytes.
        bitop_not(source) -> "u64" again or(Unsafe, "where the key is a source"): "O(n)" => Replace ["BITOP NOT key other"];
    }
}
