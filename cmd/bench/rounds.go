package main

import (
	"runtime"
	"slices"
	"syscall"
	"time"
)

// side is one side of a comparison: it works for about the given time, and returns how many pieces of work it did.
type side func(time.Duration) (pieces int, err error)

// pace is how fast a side is, as the median of its rounds.
type pace struct {
	rounds    []float64 // pieces a second in each
	perSecond float64
	processor float64 // microseconds that one piece takes of all processors together, client included
}

// compared runs the sides in turn, round after round, so that a busy moment of the machine affects all of them, and
// returns the pace of each. A first round warms them up.
func compared(p plan, sides ...side) ([]pace, error) {
	rates, costs := make([][]float64, len(sides)), make([][]float64, len(sides))
	for round := range p.rounds + 1 {
		for i, work := range sides {
			runtime.GC() // so that no side clears away what another left behind
			began, used := time.Now(), processorTime()
			pieces, err := work(p.round)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				rates[i] = append(rates[i], float64(pieces)/time.Since(began).Seconds())
				costs[i] = append(costs[i], float64((processorTime()-used).Microseconds())/float64(pieces))
			}
		}
	}
	paces := make([]pace, len(sides))
	for i := range paces {
		paces[i] = pace{rounds: rates[i], perSecond: median(rates[i]), processor: median(costs[i])}
	}
	return paces, nil
}

// times returns how many times as fast as another side this one is: the median of the ratios round by round.
func (p pace) times(other pace) float64 {
	ratios := make([]float64, len(p.rounds))
	for i := range ratios {
		ratios[i] = p.rounds[i] / other.rounds[i]
	}
	return median(ratios)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// processorTime returns the processor time that this process has used so far.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// repeated returns a side that does the work again and again.
func repeated(work func() error) side {
	return func(length time.Duration) (pieces int, err error) {
		for start := time.Now(); time.Since(start) < length; pieces++ {
			if err := work(); err != nil {
				return pieces, err
			}
		}
		return pieces, nil
	}
}
