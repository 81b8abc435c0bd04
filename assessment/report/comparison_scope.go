package report

import "plumbline/assessment/words"

// drawScopeShifts says how the scopes differ, and what that does to the score.
func drawScopeShifts(d *document, c *change) {
	d.part("", 40)
	d.paragraph(left, measure, styleSecond, clean(c.ScopeNote()))
	d.y += 2
	shifts := c.ScopeShifts()
	if len(shifts) == 0 {
		d.paragraph(left, measure, styleBody, c.SameScope())
		d.y += 2
		return
	}
	t := &table{flow: d.flow, columns: []column{
		{title: "About the workload", width: measure - 22 - 22 - 20 - 16}, {title: "Before", width: 22}, {title: "After", width: 22},
		{title: "Practices", width: 20, number: true}, {title: "Part", width: 16, number: true},
	}}
	for _, one := range shifts {
		t.add(t.cell(0, styleBody, clean(one.Title)), t.cell(1, styleBody, orDash(one.Before)), t.cell(2, styleBody, orDash(one.After)),
			t.cell(3, styleBody, words.Count(one.Practices)), t.cell(4, styleBody, words.Signed(one.Part, 2)))
	}
	t.draw()
	d.y += 2
}
