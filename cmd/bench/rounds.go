package main

import (
	"runtime"
	"slices"
	"time"
)

// side is one side of a comparison: it works for about the given time, and returns how many pieces of work it did a
// second.
type side func(time.Duration) (perSecond float64, err error)

// compared runs the sides in turn, round after round, so that a moment in which the machine is busy hits all of them,
// and returns the median rate of each. A first, short round warms them up.
func compared(p plan, sides ...side) ([]float64, error) {
	rates := make([][]float64, len(sides))
	for round := range p.rounds + 1 {
		for i, work := range sides {
			length := p.round
			if round == 0 {
				length /= 4
			}
			runtime.GC() // what one side has left behind is not for the next to clear away
			rate, err := work(length)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				rates[i] = append(rates[i], rate)
			}
		}
	}
	medians := make([]float64, len(sides))
	for i := range rates {
		medians[i] = median(rates[i])
	}
	return medians, nil
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// repeated does the work over and over for about the given time and returns how often a second.
func repeated(length time.Duration, work func() error) (float64, error) {
	start := time.Now()
	for n := 1; ; n++ {
		if err := work(); err != nil {
			return 0, err
		}
		if spent := time.Since(start); spent >= length {
			return float64(n) / spent.Seconds(), nil
		}
	}
}
