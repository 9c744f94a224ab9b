//! Figures as people read them.

/// A duration with three significant digits and its unit: "261 ms", "1.53 s",
/// "48.2 µs".
pub fn duration(ms: f64) -> String {
    match ms.abs() {
        large if large >= 999.5 => format!("{} s", digits(ms / 1000.0)),
        small if small < 0.9995 && small > 0.0 => format!("{} µs", digits(ms * 1000.0)),
        _ => format!("{} ms", digits(ms)),
    }
}

/// Two durations, with their unit once where they share it: "271 to 277 ms".
pub fn range(low_ms: f64, high_ms: f64) -> String {
    let (low, high) = (duration(low_ms), duration(high_ms));
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// A duration without digits that say nothing: "5 µs", "0.1 ms" as "100 µs".
pub fn short_duration(ms: f64) -> String {
    let text = duration(ms);
    match text.split_once(' ') {
        Some((number, unit)) if number.contains('.') => {
            format!("{} {unit}", number.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => text,
    }
}

/// A number with three significant digits, without an exponent.
pub fn digits(number: f64) -> String {
    match number.abs() {
        large if large >= 99.95 => format!("{number:.0}"),
        medium if medium >= 9.995 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

/// A number without decimals that say nothing: "2", "1.93".
pub fn plain(number: f64) -> String {
    let text = digits(number);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// How many times: "1.96", "12.4", and never a false precision.
pub fn times(ratio: f64) -> String {
    digits(ratio)
}

/// How many rounds were measured, before what they are: "1 measured round is", "2 measured
/// rounds are".
pub fn measured_rounds_are(rounds: usize) -> String {
    format!("{rounds} measured {}", if rounds == 1 { "round is" } else { "rounds are" })
}

/// A number of cores: "1 core", "1.93 cores".
pub fn cores(cores: f64) -> String {
    let number = plain(cores);
    if number == "1" { "1 core".to_owned() } else { format!("{number} cores") }
}

/// A part of the whole, in percent: "61%", "0.5%".
pub fn percent(part: f64) -> String {
    let percent = part * 100.0;
    let decimals = usize::from(percent.abs() < 9.95 && percent != 0.0);
    format!("{percent:.decimals$}%")
}

/// A number of bytes: "16 KB", "1.05 MB"; powers of ten, as networks count. What would be
/// rounded to a thousand is one of the next unit.
pub fn bytes(bytes: f64) -> String {
    match bytes {
        large if large >= 999.5e6 => format!("{} GB", digits(large / 1e9)),
        medium if medium >= 999.5e3 => format!("{} MB", digits(medium / 1e6)),
        small if small >= 999.5 => format!("{} KB", digits(small / 1e3)),
        tiny => format!("{tiny:.0} B"),
    }
}

/// A size in powers of two, as memory is counted: "64 KB" is 65,536 bytes, "1 MB" is 1024
/// of those.
pub fn memory(bytes: u64) -> String {
    const STEP: f64 = 1024.0;
    // From here on it would be rounded to one of the next unit.
    const MOST: f64 = 1023.5;
    let mut size = bytes as f64;
    for unit in ["B", "KB", "MB"] {
        if size < MOST {
            return format!("{} {unit}", plain(size));
        }
        size /= STEP;
    }
    format!("{} GB", plain(size))
}

/// So many bytes per second: "1.05 MB/s".
pub fn rate(bytes_per_s: f64) -> String {
    format!("{}/s", bytes(bytes_per_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_three_digits_and_a_unit() {
        assert_eq!(duration(0.0), "0.00 ms");
        assert_eq!(duration(0.0482), "48.2 µs");
        assert_eq!(duration(9.994), "9.99 ms");
        assert_eq!(duration(9.996), "10.0 ms");
        assert_eq!(duration(261.4), "261 ms");
        assert_eq!(duration(999.6), "1.00 s");
        assert_eq!(duration(61_530.0), "61.5 s");
        assert_eq!(range(271.2, 277.4), "271 to 277 ms");
        assert_eq!(range(990.0, 1_100.0), "990 ms to 1.10 s");
        assert_eq!(short_duration(0.005), "5 µs");
        assert_eq!(short_duration(0.1), "100 µs");
        assert_eq!(short_duration(1.25), "1.25 ms");
    }

    #[test]
    fn parts_are_in_percent() {
        assert_eq!(
            [0.0, 0.005, 0.0994, 0.61, 1.0].map(percent),
            ["0%", "0.5%", "9.9%", "61%", "100%"]
        );
    }

    #[test]
    fn bytes_have_a_unit() {
        assert_eq!(bytes(12.0), "12 B");
        assert_eq!(bytes(16_384.0), "16.4 KB");
        assert_eq!(bytes(1_048_576.0), "1.05 MB");
        assert_eq!(rate(2_500_000.0), "2.50 MB/s");
        assert_eq!(
            [1 << 16, 1 << 20, 1 << 28, 1 << 30, 12, (1 << 20) - 1, 1536].map(memory),
            ["64 KB", "1 MB", "256 MB", "1 GB", "12 B", "1 MB", "1.5 KB"]
        );
        assert_eq!(
            [999.4, 999.5, 999_499.0, 999_500.0, 999_999.0, 999.6e6, 1e9].map(bytes),
            ["999 B", "1.00 KB", "999 KB", "1.00 MB", "1.00 MB", "1.00 GB", "1.00 GB"]
        );
    }
}
