//! The container of old Office files: a small file system of sectors in chains (MS-CFB).

/// A sector number from here on is no sector.
const NO_SECTOR: u32 = 0xFFFF_FFFA;
/// Chains of a stream shorter than this run through the mini stream.
const MINI_CUTOFF: usize = 4096;

/// A container whose directory has been read.
pub(crate) struct Cfb<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b))
}

impl<'a> Cfb<'a> {
    /// Whether the bytes begin as such a container.
    pub(crate) fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    }

    /// Reads the directory; nothing if the container is damaged.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut it =
            Self { bytes, sector, fat: Vec::new(), mini_fat: Vec::new(), mini: Vec::new(), entries: Vec::new() };
        let most = bytes.len() / sector + 1;
        // The sectors that hold the chains: 109 in the header, the others in a chain of their own.
        let mut fat_sectors: Vec<u32> = numbers(bytes.get(76..512)?).filter(|id| *id < NO_SECTOR).collect();
        let mut next = u32_at(bytes, 68)?;
        let mut steps = 0;
        while next < NO_SECTOR {
            let (ids, last) = it.sector(next)?.split_at_checked(sector - 4)?;
            fat_sectors.extend(numbers(ids).filter(|id| *id < NO_SECTOR));
            next = u32_at(last, 0)?;
            steps += 1;
            if steps > most {
                return None;
            }
        }
        if fat_sectors.len() > most {
            return None;
        }
        for id in fat_sectors {
            let chains: Vec<u32> = numbers(it.sector(id)?).collect();
            it.fat.extend(chains);
        }
        let directory = it.chain(u32_at(bytes, 48)?, usize::MAX)?;
        it.mini_fat = numbers(&it.chain(u32_at(bytes, 60)?, usize::MAX)?).collect();
        for entry in directory.as_chunks::<128>().0 {
            let length = usize::from(u16_at(entry, 64)?).clamp(2, 64) - 2;
            let units = entry.get(..length)?.as_chunks::<2>().0.iter().map(|b| u16::from_le_bytes(*b));
            let name: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
            let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
            match entry.get(66)? {
                2 => it.entries.push(Entry { name, start, size }),
                5 => it.mini = it.chain(start, size)?,
                _ => {}
            }
        }
        Some(it)
    }

    /// Whether there is a stream of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= MINI_CUTOFF {
            return self.chain(entry.start, entry.size);
        }
        let mut out = Vec::new();
        let mut id = entry.start;
        while out.len() < entry.size {
            let at = (id as usize).checked_mul(64)?;
            out.extend_from_slice(self.mini.get(at..(at + 64).min(self.mini.len()))?);
            // A chain in a circle would never end; each step adds to what is bounded by `size`.
            id = *self.mini_fat.get(id as usize)?;
        }
        out.truncate(entry.size);
        Some(out)
    }

    /// A sector; the last one of a file may be short.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let at = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(at..(at + self.sector).min(self.bytes.len())).filter(|sector| !sector.is_empty())
    }

    /// The sectors of a chain, at most `size` bytes.
    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut id = start;
        while id < NO_SECTOR && out.len() < size {
            // No chain is longer than the file: else it runs in a circle.
            if out.len() > self.bytes.len() {
                return None;
            }
            out.extend_from_slice(self.sector(id)?);
            id = *self.fat.get(id as usize)?;
        }
        if size != usize::MAX && out.len() < size {
            return None;
        }
        out.truncate(size);
        Some(out)
    }
}
