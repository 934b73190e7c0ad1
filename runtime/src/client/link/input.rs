//! Bytes that have come and are not yet understood.

/// Room for one read.
const READ: usize = 64 * 1024;

/// Bytes that have come and are not yet understood. The buffer is filled with zeros once, not per read.
#[derive(Debug)]
pub(super) struct Input {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Input {
    pub(super) fn new() -> Self {
        Self {
            buffer: vec![0; READ],
            start: 0,
            end: 0,
        }
    }

    /// Where the next bytes go.
    pub(super) fn room(&mut self) -> &mut [u8] {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() {
            if self.start > 0 {
                self.buffer.copy_within(self.start..self.end, 0);
                (self.start, self.end) = (0, self.end - self.start);
            } else {
                // Only a long line is kept whole; its length is limited.
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
        }
        &mut self.buffer[self.end..]
    }

    /// So many bytes have come into the room.
    pub(super) fn came(&mut self, bytes: usize) {
        self.end += bytes;
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// All but the last so many bytes are understood.
    pub(super) fn keep(&mut self, left: usize) {
        self.start = self.end - left;
    }
}
