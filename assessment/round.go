package assessment

import (
	"cmp"
	"math"
	"slices"
)

// noise is the largest error that adding up binary fractions leaves in a number on 0–100, with a wide margin.
const noise = 1e-9

// Round returns the whole number that people see for a number on 0–100: halves go up. A number that binary fractions
// leave a hair below a half counts as the half.
func Round(x float64) int { return int(math.Floor(x + 0.5 + noise)) }

// RoundTo returns x rounded half up to a number of decimals from 0 to 6. It never returns -0.
func RoundTo(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	whole := math.Floor(x*scale + 0.5 + noise*scale)
	if whole == 0 {
		return 0
	}
	return whole / scale
}

// settle makes numbers equal that differ from their neighbour by noise alone, and reports whether there were any. The
// list is sorted by them.
func settle[T any](sorted []T, number func(*T) *float64) (settled bool) {
	before := math.Inf(-1)
	for i := range sorted {
		this := number(&sorted[i])
		exact := *this
		if exact != before && math.Abs(exact-before) < noise {
			settled = true
		}
		if math.Abs(exact-before) < noise {
			*this = *number(&sorted[i-1])
		}
		before = exact
	}
	return settled
}

// sortSettled sorts by a number upwards; items whose numbers differ by noise alone stay in their order.
func sortSettled[T any](list []T, number func(T) float64) {
	type numbered struct {
		item   T
		at     int
		number float64
	}
	all := make([]numbered, len(list))
	for i, item := range list {
		all[i] = numbered{item, i, number(item)}
	}
	slices.SortFunc(all, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	settle(all, func(n *numbered) *float64 { return &n.number })
	slices.SortFunc(all, func(a, b numbered) int { return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.at, b.at)) })
	for i := range all {
		list[i] = all[i].item
	}
}

// Apportion rounds parts to a number of decimals such that the rounded ones add up to total, which is the rounded
// change that the parts explain: each part moves by at most one step, and those nearest to their upper neighbour go up.
func Apportion(parts []float64, total float64, decimals int) []float64 {
	scale := math.Pow10(decimals)
	steps := make([]float64, len(parts))
	order := make([]int, len(parts))
	missing := math.Round(total * scale)
	for i, part := range parts {
		steps[i] = math.Floor((part + noise) * scale)
		missing -= steps[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(parts[b]*scale-steps[b], parts[a]*scale-steps[a])
	})
	for _, i := range order[:max(0, min(int(missing), len(order)))] {
		steps[i]++
	}
	for i := range steps {
		steps[i] /= scale
	}
	return steps
}
