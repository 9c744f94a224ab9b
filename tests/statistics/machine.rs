//! Machines that take samples with noise.

use concurrency_playground::workloads::splitmix;

/// The standard deviation of a sample's logarithm.
const NOISE: f64 = 0.05;
/// What a sample takes beside itself, in ms: it waits for a beat before and after.
const BESIDE_SAMPLE_MS: f64 = 15.0;
/// What a block takes beside its samples, in ms: the page paints, and the machine's speed
/// is measured.
const BESIDE_BLOCK_MS: f64 = 65.0;
/// How long a run lasts, in ms, over which a drift takes place.
const RUN_MS: f64 = 6_000.0;

/// What disturbs a machine, beside noise of 5% in every sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Disturbs {
    /// Nothing.
    Nothing,
    /// It gets slower by 30% in the course of the run.
    Drift,
    /// It jumps to another speed, between 75% and 135%, before one sample in 12.
    Steps,
    /// A second program takes a core for half of every second: a pool of two gets little
    /// more than half of its speed then, since the system often has both of them share the other
    /// core (seen in Chromium on two cores under Linux: 45 ms became 70 to 98).
    SecondProgram,
    /// It gets slower by 40% within 1.5 s, and is fast again.
    Throttling,
    /// One sample in 20 takes 30 to 100% longer.
    Spikes,
    /// Noise with tails as heavy as Student's t with two degrees of freedom.
    HeavyTails,
}

impl Disturbs {
    /// Every one of them.
    pub const ALL: [Self; 7] = [
        Self::Nothing,
        Self::Drift,
        Self::Steps,
        Self::SecondProgram,
        Self::Throttling,
        Self::Spikes,
        Self::HeavyTails,
    ];
}

/// A model, as a machine sees it.
#[derive(Clone, Copy)]
pub struct Model {
    /// What it truly takes, in ms.
    pub ms: f64,
    /// Whether it needs all cores.
    pub is_pool: bool,
}

/// A pool that takes so many ms.
pub fn pool(ms: f64) -> Model {
    Model { ms, is_pool: true }
}

/// A model on one thread that takes so many ms.
pub fn single(ms: f64) -> Model {
    Model { ms, is_pool: false }
}

/// A machine that takes samples with noise.
pub struct Machine {
    seed: u64,
    drawn: u64,
    disturbs: Disturbs,
    now_ms: f64,
    speed: f64,
    phase: f64,
}

impl Machine {
    /// A machine whose noise begins with `seed`.
    pub fn new(disturbs: Disturbs, seed: u64) -> Self {
        let mut machine = Self { seed, drawn: 0, disturbs, now_ms: 0.0, speed: 1.0, phase: 0.0 };
        machine.phase = machine.uniform();
        machine
    }

    /// The time since it began, in ms.
    pub fn now_ms(&self) -> f64 {
        self.now_ms
    }

    /// Whether another program takes part of it.
    pub fn is_beside_another(&self) -> bool {
        self.disturbs == Disturbs::SecondProgram
    }

    /// From 0 to below 1.
    fn uniform(&mut self) -> f64 {
        self.drawn += 1;
        (splitmix::r(self.seed, self.drawn) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Normal, with mean 0 and standard deviation 1 (Box and Muller, 1958).
    fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.uniform(), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    /// Student's t with two degrees of freedom.
    fn heavy(&mut self) -> f64 {
        let (over, a, b) = (self.normal(), self.normal(), self.normal());
        over / ((a * a + b * b) / 2.0).sqrt()
    }

    fn noise(&mut self) -> f64 {
        match self.disturbs {
            Disturbs::HeavyTails => self.heavy(),
            _ => self.normal(),
        }
    }

    /// A sample of `model`, in ms.
    pub fn sample(&mut self, model: Model) -> f64 {
        let ms = model.ms * (NOISE * self.noise()).exp();
        let took_ms = match self.disturbs {
            Disturbs::Nothing | Disturbs::HeavyTails => ms,
            Disturbs::Drift => ms * (1.0 + 0.3 * self.now_ms / RUN_MS),
            Disturbs::Steps => {
                if self.uniform() < 1.0 / 12.0 {
                    self.speed = 0.75 + 0.6 * self.uniform();
                }
                ms * self.speed
            }
            Disturbs::Throttling => ms * (1.0 + 0.4 * (self.now_ms / 1_500.0 + self.phase).fract()),
            Disturbs::Spikes => {
                if self.uniform() < 0.05 {
                    ms * (1.3 + 0.7 * self.uniform())
                } else {
                    ms
                }
            }
            Disturbs::SecondProgram => self.beside_another(ms, model.is_pool),
        };
        self.now_ms += took_ms + BESIDE_SAMPLE_MS;
        took_ms
    }

    /// How long work of `ms` takes beside a program that computes for half of each second.
    fn beside_another(&self, ms: f64, is_pool: bool) -> f64 {
        const HALF_MS: f64 = 500.0;
        let beside = if is_pool { 0.57 } else { 0.97 };
        let (mut left, mut took_ms) = (ms, 0.0);
        while left > 0.0 {
            let at_ms = (self.now_ms + took_ms + 2.0 * HALF_MS * self.phase) % (2.0 * HALF_MS);
            let speed = if at_ms < HALF_MS { beside } else { 1.0 };
            let until_ms = HALF_MS - at_ms % HALF_MS + 1e-6;
            let step_ms = (left / speed).min(until_ms);
            took_ms += step_ms;
            left -= step_ms * speed;
        }
        took_ms
    }

    /// One sample of each model, in ms, taken in a random order.
    pub fn block(&mut self, models: &[Model]) -> Vec<f64> {
        let mut order: Vec<_> = (0..models.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, (self.uniform() * (last + 1) as f64) as usize);
        }
        let mut took = vec![0.0; models.len()];
        for at in order {
            took[at] = self.sample(models[at]);
        }
        self.now_ms += BESIDE_BLOCK_MS;
        took
    }
}
