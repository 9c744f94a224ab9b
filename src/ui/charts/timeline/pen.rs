//! Draws stretches of time, no more of them than there are pixels.

/// From this width on a span is drawn by itself, in px…
const SEPARATE: f64 = 4.0;
/// …with this much room behind it.
const GAP_BEHIND: f64 = 0.8;
/// Narrower spans of a phase are one shape where less than this lies between them, in
/// px, and no shape is narrower: two pixels hold one shape at the most.
const NARROW: f64 = 1.0;

/// Shapes of one look in one row, while they are drawn.
#[derive(Default)]
pub(super) struct Pen {
    /// What is drawn, as SVG path data.
    pub path: String,
    /// The narrow shape that is still growing: from and to, in px.
    growing: Option<(f64, f64)>,
}

impl Pen {
    /// Draws a shape from and to here, in px.
    fn draw(&mut self, (from, to): (f64, f64), top: f64, height: f64) {
        let path = &mut self.path;
        path.push('M');
        tenths(path, from);
        path.push(' ');
        tenths(path, top);
        path.push('h');
        tenths(path, to - from);
        path.push('v');
        tenths(path, height);
        path.push('H');
        tenths(path, from);
        path.push('z');
    }

    /// Draws a stretch from and to here, in px: by itself where there is room, else as part of what
    /// is close to it. Stretches come in the order of time.
    pub fn add(&mut self, (from, to): (f64, f64), top: f64, height: f64) {
        // Where there is room, each span is a shape of its own with a gap behind it.
        if to - from >= SEPARATE {
            self.draw((from, to - GAP_BEHIND), top, height);
            return;
        }
        match &mut self.growing {
            Some((_, end)) if from <= *end + NARROW => *end = end.max(to),
            _ => {
                self.finish(top, height);
                self.growing = Some((from, to));
            }
        }
    }

    /// Draws what is still growing.
    pub fn finish(&mut self, top: f64, height: f64) {
        if let Some((from, to)) = self.growing.take() {
            self.draw((from, to.max(from + NARROW)), top, height);
        }
    }
}

/// A number of px to a tenth. Ten thousand spans are many numbers, and whole ones are
/// written ten times as fast as floating ones.
pub(super) fn tenths(path: &mut String, px: f64) {
    let tenths = (px * 10.0).round() as i64;
    if tenths < 0 {
        path.push('-');
    }
    let tenths = tenths.unsigned_abs();
    path.push_str(&(tenths / 10).to_string());
    if !tenths.is_multiple_of(10) {
        path.push('.');
        path.push(char::from(b'0' + (tenths % 10) as u8));
    }
}
