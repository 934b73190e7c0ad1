//! Where text came from: files and places in them.

/// A file of one load, by order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of a file; offsets past 4 GiB are cut (no file is that large).
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let cut = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            file,
            start: cut(start),
            end: cut(end.max(start)),
        }
    }

    /// The range as `usize`.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people count: both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column in characters.
    pub column: u32,
    /// Column in UTF-16 code units, as editors and SARIF count.
    pub utf16_column: u32,
}

/// One file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
    /// First byte of every line.
    lines: Vec<u32>,
}

impl SourceFile {
    fn new(name: String, text: String) -> Self {
        let lines = line_starts(&text);
        Self { name, text, lines }
    }

    /// The name its reader used for it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of lines; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Index (from 0) of the line that holds a byte.
    #[must_use]
    pub fn line_index(&self, offset: u32) -> usize {
        self.lines
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    /// Bytes of a line (index from 0), its line break included; empty past the last line.
    #[must_use]
    pub fn line_range(&self, index: usize) -> std::ops::Range<usize> {
        let bound = |i: usize| {
            self.lines
                .get(i)
                .map_or(self.text.len(), |start| *start as usize)
        };
        bound(index)..bound(index.saturating_add(1))
    }

    /// Text of a line (index from 0) without its line break.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        self.text[self.line_range(index)].trim_end_matches(['\n', '\r'])
    }

    /// The place of a byte; the end of the text for offsets past it.
    #[must_use]
    pub fn place(&self, offset: u32) -> Place {
        let index = self.line_index(offset);
        let start = self.line_range(index).start;
        let end = floor_boundary(&self.text, offset as usize);
        let before = self.text.get(start..end).unwrap_or_default();
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        Place {
            line: count(index),
            column: count(before.chars().count()),
            utf16_column: count(before.encode_utf16().count()),
        }
    }
}

/// One-based form of a zero-based number.
fn count(zero_based: usize) -> u32 {
    u32::try_from(zero_based).map_or(u32::MAX, |n| n.saturating_add(1))
}

/// The nearest character boundary at or before an offset.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// YAML breaks lines at LF, CRLF and a lone CR.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (i, byte) in bytes.iter().enumerate() {
        let ends_line = match byte {
            b'\n' => true,
            b'\r' => bytes.get(i + 1) != Some(&b'\n'),
            _ => false,
        };
        if ends_line {
            starts.push(u32::try_from(i + 1).unwrap_or(u32::MAX));
        }
    }
    starts
}

/// Every file of one load.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file under the name its reader used for it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(name.into(), text.into()));
        id
    }

    /// A file.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// Every file in order of reading, the root first.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Name of a span's file.
    #[must_use]
    pub fn name(&self, id: FileId) -> &str {
        self.get(id).map_or("", SourceFile::name)
    }

    /// Text under a span; empty when it lies outside its file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|file| file.text.get(span.range()))
            .unwrap_or_default()
    }

    /// Places of a span's first byte and of the byte after its last.
    #[must_use]
    pub fn places(&self, span: Span) -> (Place, Place) {
        const START: Place = Place {
            line: 1,
            column: 1,
            utf16_column: 1,
        };
        self.get(span.file).map_or((START, START), |file| {
            (file.place(span.start), file.place(span.end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("x".into(), text.into())
    }

    fn at(text: &str, offset: u32) -> (u32, u32, u32) {
        let place = file(text).place(offset);
        (place.line, place.column, place.utf16_column)
    }

    #[test]
    fn counts_characters_and_utf16_units() {
        assert_eq!(at("ä🔑: x\n", 6), (1, 3, 4));
        assert_eq!(at("a\nbc\n", 3), (2, 2, 2));
    }

    #[test]
    fn every_line_break_counts_once() {
        let text = "a\r\nb\rc\nd";
        let file = file(text);
        let lines: Vec<_> = (0..file.line_count()).map(|i| file.line(i)).collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
        assert_eq!(at(text, 7), (4, 1, 1));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(at("\u{feff}ab", 4), (1, 2, 2));
    }

    #[test]
    fn offsets_outside_and_inside_characters_are_safe() {
        assert_eq!(at("ä", 1), (1, 1, 1));
        assert_eq!(at("ab", 900), (1, 3, 3));
        assert_eq!(at("", 0), (1, 1, 1));
        assert_eq!(file("a\n").line(7), "");
    }

    #[test]
    fn spans_slice_their_own_file() {
        let mut sources = Sources::new();
        sources.add("a.yaml", "one");
        let second = sources.add("b.yaml", "two\nthree");
        let span = Span::new(second, 4, 9);
        assert_eq!(sources.slice(span), "three");
        assert_eq!(sources.name(second), "b.yaml");
        assert_eq!(sources.places(span).0.line, 2);
        assert_eq!(sources.slice(Span::new(FileId(9), 0, 1)), "");
    }
}
