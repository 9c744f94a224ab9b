//! Axes of time, of plain numbers and of magnitudes, marked at round steps.

use crate::measure::format;

/// Room below a chart for an axis and what it says, in px.
pub const FOOT: f64 = 26.0;
/// Room at the right of an axis of time, so that its last label fits, in px.
const MARGIN: f64 = 28.0;
/// Room that a label needs, in px.
const LABEL_PX: f64 = 72.0;

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it is, in px: across, or down where the axis is upright.
    pub x: f64,
    /// What it says.
    pub label: String,
}

/// Time along a stretch of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The time at its left end, in ms.
    pub start_ms: f64,
    /// The time at its right end, in ms.
    pub end_ms: f64,
    /// Its left end, in px.
    pub left: f64,
    /// Its width, in px.
    pub width: f64,
}

impl Axis {
    /// An axis between two times, from `left` on, in a chart of this width.
    pub fn new([start_ms, end_ms]: [f64; 2], left: f64, width: f64) -> Self {
        Self { start_ms, end_ms, left, width: (width - left - MARGIN).max(1.0) }
    }

    /// Where a time is, in px; it may be beyond the ends.
    pub fn x(&self, ms: f64) -> f64 {
        self.left + (ms - self.start_ms) / self.span_ms() * self.width
    }

    /// The time at a place, in ms.
    pub fn ms(&self, x: f64) -> f64 {
        self.start_ms + (x - self.left) / self.width.max(1.0) * self.span_ms()
    }

    fn span_ms(&self) -> f64 {
        (self.end_ms - self.start_ms).max(f64::MIN_POSITIVE)
    }

    /// Marks at round times, as many as there is room for.
    pub fn ticks(&self) -> Vec<Tick> {
        let room = (self.width / LABEL_PX).floor().clamp(1.0, 12.0);
        let step = round_step(self.span_ms() / room);
        let first = (self.start_ms / step).ceil() as i64;
        (first..first + 16)
            .map(|number| number as f64 * step)
            .take_while(|ms| *ms <= self.end_ms * (1.0 + 1e-9))
            .map(|ms| Tick { x: self.x(ms), label: label(ms, step) })
            .collect()
    }
}

/// Plain numbers along a stretch of pixels, in either direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The number at its beginning.
    pub start: f64,
    /// The number at its end, greater than `start`.
    pub end: f64,
    /// Where it begins, in px.
    pub from: f64,
    /// Where it ends, in px: above its beginning where numbers go upwards.
    pub to: f64,
}

impl Scale {
    /// Where a number is, in px; beyond the ends it is at the nearer one.
    pub fn px(&self, number: f64) -> f64 {
        let part = (number - self.start) / (self.end - self.start).max(f64::MIN_POSITIVE);
        self.from + part.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// The number at a place, from `start` to `end`.
    pub fn number(&self, px: f64) -> f64 {
        let length = self.to - self.from;
        let part = if length == 0.0 { 0.0 } else { (px - self.from) / length };
        self.start + part.clamp(0.0, 1.0) * (self.end - self.start)
    }

    /// Marks at round whole numbers with so much room for each, in px.
    pub fn whole_numbers(&self, room: f64) -> Vec<Tick> {
        let most = ((self.to - self.from).abs() / room).floor().max(1.0);
        let step = round_step(((self.end - self.start) / most).max(1.0)) as usize;
        let last = self.end.floor().max(0.0) as u32;
        let numbers = (0..=last).step_by(step).skip_while(|number| f64::from(*number) < self.start);
        let tick = |number: u32| Tick { x: self.px(number.into()), label: number.to_string() };
        numbers.map(tick).collect()
    }
}

/// Positive numbers along a stretch of pixels, in either direction, where equal factors
/// are equally far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScale {
    exponents: Scale,
}

impl LogScale {
    /// From the number `start`, at `from` px, to the greater `end`, at `to` px. Both are
    /// positive.
    pub fn new([start, end]: [f64; 2], [from, to]: [f64; 2]) -> Self {
        let exponent = |number: f64| number.max(f64::MIN_POSITIVE).log10();
        Self { exponents: Scale { start: exponent(start), end: exponent(end), from, to } }
    }

    /// Where a number is, in px; beyond the ends it is at the nearer one.
    pub fn px(&self, number: f64) -> f64 {
        self.exponents.px(number.max(f64::MIN_POSITIVE).log10())
    }

    /// Marks at powers of ten, as many as there is so much room for, in px.
    pub fn decades(&self, room: f64, label: impl Fn(f64) -> String) -> Vec<Tick> {
        let Scale { start, end, from, to } = self.exponents;
        let most = ((to - from).abs() / room).floor().max(1.0);
        let step = ((end - start) / most).ceil().max(1.0) as usize;
        let exponents = ((start - 1e-9).ceil() as i32..=(end + 1e-9).floor() as i32).step_by(step);
        let tick = |exponent: i32| {
            let number = 10_f64.powi(exponent);
            Tick { x: self.px(number), label: label(number) }
        };
        exponents.map(tick).collect()
    }

    /// Marks at 1, 2 and 5 times powers of ten where there is so much room for each, in px; else
    /// at powers of ten.
    pub fn round_marks(&self, room: f64, label: impl Fn(f64) -> String) -> Vec<Tick> {
        let Scale { start, end, from, to } = self.exponents;
        // From 2 to 5 it is furthest, from 1 to 2 and from 5 to 10 as near as that.
        let nearest = (to - from).abs() / (end - start).max(f64::MIN_POSITIVE) * 2_f64.log10();
        if nearest < room {
            return self.decades(room, label);
        }
        let exponents = start.floor() as i32..=end.ceil() as i32;
        let numbers = exponents
            .flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(exponent)));
        let inside = numbers.filter(|number| {
            let exponent = number.log10();
            (start - 1e-9..=end + 1e-9).contains(&exponent)
        });
        inside.map(|number| Tick { x: self.px(number), label: label(number) }).collect()
    }
}

/// The least of 1, 2 and 5 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let unit = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|step| step * unit >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * unit
}

/// As many decimals as the steps differ in.
fn label(ms: f64, step: f64) -> String {
    if ms == 0.0 {
        return "0".to_owned();
    }
    let (number, step, unit) = match step {
        long if long >= 500.0 => (ms / 1000.0, step / 1000.0, "s"),
        short if short < 0.5 && ms < 1.0 => (ms * 1000.0, step * 1000.0, "µs"),
        _ => (ms, step, "ms"),
    };
    let decimals = (-step.log10().floor()).clamp(0.0, 4.0) as usize;
    if number.fract().abs() < 1e-9 && decimals == 0 {
        return format!("{number:.0} {unit}");
    }
    let text = format!("{number:.decimals$} {unit}");
    if text.len() > 12 { format::duration(ms) } else { text }
}

#[cfg(test)]
mod tests;
