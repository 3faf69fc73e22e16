use vehicle::gate::Refusal;

pub fn name(refusal: &Refusal) -> String {
    format!("{refusal:?}")
}

fn main() {}
