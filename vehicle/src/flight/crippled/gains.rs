//! How much to push for each part of a lean: optimal feedback for a body that spins while its motors follow.
//!
//! One step of the Riccati recursion a tick with the spin of now; so the gains come along as the spin grows, and each
//! tick's work is the same.
//!
//! **Never:** inverts more than two numbers by two; iterates until something is reached.

use crate::senses::TICK_S;

/// Length of the state: lean (2), turning (2), and what the rotors push now (2).
pub const STATES: usize = 6;

/// The state, or a row of a matrix on it.
pub type Row = [f64; STATES];

type Square = [Row; STATES];

/// What a lean costs, and turning, per second. Only what they cost beside a push counts.
const LEAN_COST: f64 = 20.0;
const TURN_COST: f64 = 0.3;
/// A body that spins is as stiff as a top, and its lean must count for more to be mended as fast, s.
const STIFF_S: f64 = 0.2;
/// What a push costs, as an angular acceleration: by the two beside the lost rotor against each other, and by the one
/// opposite. That one can pull nothing, so that little may rest on it.
const PUSH_COSTS: [f64; 2] = [0.01, 0.2];
/// Steps from nothing to what a body that stands still needs, 1.2 s.
const FIRST_STEPS: usize = 600;

/// How the body turns in a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// Spin, rad/s: what stands still in the world turns the other way in the body.
    pub spin_radps: f64,
    /// How fast the axis of a turn goes round in the body, rad/s.
    pub wobble_radps: f64,
    /// The part of what is asked that a rotor's push gains in a tick.
    pub follows: f64,
}

/// The gains, and the cost to go that they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Gains {
    cost: Square,
    gains: [Row; 2],
}

impl Gains {
    /// Those for a motion that lasts.
    pub fn lasting(model: &Model) -> Self {
        let mut cost = [[0.0; STATES]; STATES];
        for (place, row) in cost.iter_mut().enumerate() {
            row[place] = 1.0;
        }
        let mut gains = Self { cost, gains: [[0.0; STATES]; 2] };
        for _ in 0..FIRST_STEPS {
            gains.step(model);
        }
        gains
    }

    /// The pushes to ask for, as angular accelerations.
    pub fn pushes(&self, state: &Row) -> [f64; 2] {
        self.gains.map(|row| -row.iter().zip(state).map(|(gain, value)| gain * value).sum::<f64>())
    }

    /// One step of the recursion: P = Q + Aᵀ P A − Gᵀ S⁻¹ G with G = Bᵀ P A and S = R + Bᵀ P B.
    pub fn step(&mut self, model: &Model) {
        let flow = flow(model);
        let follows = model.follows;
        let [.., by_first, by_second] = &self.cost;
        let (first, both, second) = (by_first[4], by_first[5], by_second[5]);
        let square = follows * follows;
        let [first_cost, second_cost] = PUSH_COSTS.map(|cost| cost * TICK_S);
        let s = [first_cost + square * first, square * both, second_cost + square * second];
        let det = s[0] * s[2] - s[1] * s[1];

        let ahead = product(&self.cost, &flow);
        let [.., g, h] = ahead.map(|row| row.map(|value| follows * value));
        self.gains = [[0.0; STATES]; 2];
        for place in 0..STATES {
            self.gains[0][place] = (s[2] * g[place] - s[1] * h[place]) / det;
            self.gains[1][place] = (s[0] * h[place] - s[1] * g[place]) / det;
        }
        let mut cost = product(&transposed(&flow), &ahead);
        let stiffness = STIFF_S * (model.spin_radps + model.wobble_radps);
        let lean_cost = LEAN_COST * (1.0 + stiffness * stiffness);
        let own = [lean_cost, lean_cost, TURN_COST, TURN_COST, 0.0, 0.0];
        for (place, row) in cost.iter_mut().enumerate() {
            for (other, value) in row.iter_mut().enumerate() {
                *value -= g[place] * self.gains[0][other] + h[place] * self.gains[1][other];
            }
            row[place] += own[place] * TICK_S;
        }
        let turned = transposed(&cost);
        for (row, other) in self.cost.iter_mut().zip(cost.iter().zip(&turned)) {
            for (value, (a, b)) in row.iter_mut().zip(other.0.iter().zip(other.1)) {
                *value = 0.5 * (a + b);
            }
        }
    }
}

/// What a tick makes of the state where nothing is asked, to second order.
fn flow(model: &Model) -> Square {
    let (spin, wobble) = (model.spin_radps, model.wobble_radps);
    let slope = [
        [0.0, spin, 0.0, 1.0, 0.0, 0.0],
        [-spin, 0.0, -1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, -wobble, 1.0, 0.0],
        [0.0, 0.0, wobble, 0.0, 0.0, 1.0],
        [0.0; STATES],
        [0.0; STATES],
    ];
    let mut flow = product(&slope, &slope);
    for (place, (row, slope)) in flow.iter_mut().zip(&slope).enumerate() {
        for (value, slope) in row.iter_mut().zip(slope) {
            *value = TICK_S * (slope + 0.5 * TICK_S * *value);
        }
        row[place] += if place < 4 { 1.0 } else { 1.0 - model.follows };
    }
    flow
}

fn product(a: &Square, b: &Square) -> Square {
    a.map(|row| {
        let mut sum = [0.0; STATES];
        for (part, other) in row.iter().zip(b) {
            for (sum, value) in sum.iter_mut().zip(other) {
                *sum += part * value;
            }
        }
        sum
    })
}

fn transposed(a: &Square) -> Square {
    let mut turned = [[0.0; STATES]; STATES];
    for (place, row) in a.iter().enumerate() {
        for (other, value) in turned.iter_mut().zip(row) {
            other[place] = *value;
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_spin_a_lean_dies_away() {
        // A camera quadrotor with slow motors on its way up to its spin, and a light one with quick ones: spin, wobble,
        // what a motor follows in a tick.
        for (spin_radps, wobble_radps, follows) in [
            (0.0, -9.8, 0.056),
            (7.0, -4.9, 0.056),
            (14.0, -0.5, 0.056),
            (20.8, 4.8, 0.056),
            (0.0, 0.0, 0.33),
            (10.0, 9.0, 0.33),
            (26.0, 24.0, 0.33),
        ] {
            let model = Model { spin_radps, wobble_radps, follows };
            let (gains, flow) = (Gains::lasting(&model), flow(&model));
            let mut state = [0.5, -0.3, 2.0, 1.0, 0.0, 0.0];
            for _ in 0..5_000 {
                let pushes = gains.pushes(&state);
                state = flow.map(|row| row.iter().zip(&state).map(|(a, b)| a * b).sum());
                state[4] += follows * pushes[0];
                state[5] += follows * pushes[1];
            }
            let lean = libm::hypot(state[0], state[1]);
            assert!(lean < 0.05, "{spin_radps} {wobble_radps} {follows}: {state:?}");
        }
    }
}
