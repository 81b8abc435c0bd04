package main

// measure is one figure of the report.
type measure struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Target *target `json:"target,omitempty"` // nil if the figure only explains others
	How    string  `json:"how"`              // what exactly was measured or compared
}

// target is what a figure should reach.
type target struct {
	Value   float64 `json:"value"`
	AtLeast bool    `json:"at_least"` // otherwise at most
	Met     bool    `json:"met"`
}

// atMost is a measure that should not be greater than a limit.
func atMost(name string, value, limit float64, unit, how string) measure {
	return measure{Name: name, Value: value, Unit: unit, How: how, Target: &target{Value: limit, Met: value <= limit}}
}

// atLeast is a measure that should not be smaller than a limit.
func atLeast(name string, value, limit float64, unit, how string) measure {
	return measure{Name: name, Value: value, Unit: unit, How: how, Target: &target{Value: limit, AtLeast: true, Met: value >= limit}}
}

// figure is a measure without a target.
func figure(name string, value float64, unit, how string) measure {
	return measure{Name: name, Value: value, Unit: unit, How: how}
}
