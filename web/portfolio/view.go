package portfolio

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"time"

	"plumbline/assessment"
	"plumbline/assessment/access"
	"plumbline/assessment/words"
	"plumbline/templates"
	view "plumbline/templates/portfolio"
	"plumbline/web/page"
)

// portfolioView is what the view model of the portfolio is made from.
type portfolioView struct {
	query view.PortfolioQuery
	order assessment.PortfolioOrder
	all   []assessment.PortfolioRow
	shown []assessment.PortfolioRow
	now   time.Time
	actor access.Actor
	teams map[string]string // names by id; nil where the visitor sees one team at most
	picks []string          // assessments that are ticked

	picking bool                  // two workloads can be compared
	scopes  map[string]view.Scope // by assessment
}

func (p portfolioView) build() view.PortfolioView {
	return view.PortfolioView{
		Query:   p.query,
		Empty:   len(p.all) == 0,
		Picking: p.picking,
		Count:   p.count(),
		Choices: p.choices(),
		Active:  p.active(),
		Tables:  p.tables(),
	}
}

func (p portfolioView) count() string {
	n, shown := workloadsIn(p.all), workloadsIn(p.shown)
	all := words.Plural(n, "workload", "workloads")
	if shown == n {
		return all
	}
	return fmt.Sprintf("%d of %s", shown, all)
}

// workloadsIn counts workloads: one that is reviewed with several questionnaires has several rows.
func workloadsIn(rows []assessment.PortfolioRow) int {
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row.Assessment.Workload.ID] = true
	}
	return len(seen)
}

// severalVersions reports whether rows of one questionnaire are not all of the same version, or a workload has several.
func severalVersions(rows []assessment.PortfolioRow) bool {
	return workloadsIn(rows) < len(rows) || slices.ContainsFunc(rows, func(row assessment.PortfolioRow) bool {
		return row.Assessment.Questionnaire.Version != rows[0].Assessment.Questionnaire.Version
	})
}

// choices lists the values to filter by, from every workload. A list of one value that all have tells nothing apart,
// but stays while it is in force.
func (p portfolioView) choices() []templates.FilterChoice {
	var owners, environments, tags []string
	for _, row := range p.all {
		w := row.Assessment.Workload
		owners = append(owners, w.Owner)
		environments = append(environments, w.Environment)
		tags = append(tags, w.Tags...)
	}
	lists := []templates.FilterChoice{
		{Name: view.ParamOwner, Label: "Owner", All: "All owners", Options: options(owners, p.query.Owner)},
		{Name: view.ParamEnvironment, Label: "Environment", All: "All environments", Options: options(environments, p.query.Environment)},
		{Name: view.ParamTag, Label: "Tag", All: "All tags", Options: options(tags, p.query.Tag)},
		{Name: view.ParamBand, Label: "Band", All: "All bands", Options: p.bandOptions()},
	}
	if p.teams != nil {
		lists = slices.Insert(lists, 0, templates.FilterChoice{Name: templates.ParamTeam, Label: "Team", All: "All teams", Options: p.teamOptions()})
	}
	return slices.DeleteFunc(lists, func(c templates.FilterChoice) bool { return len(c.Options) == 0 })
}

// teamOptions lists the teams by name; one that is chosen and not among them by its id.
func (p portfolioView) teamOptions() []templates.FilterOption {
	var list []templates.FilterOption
	for id, name := range p.teams {
		list = append(list, templates.FilterOption{Value: id, Title: name, Chosen: id == p.query.Team})
	}
	slices.SortFunc(list, func(a, b templates.FilterOption) int { return cmp.Compare(a.Value, b.Value) })
	assessment.SortByName(list, func(option templates.FilterOption) string { return option.Title })
	if _, known := p.teams[p.query.Team]; !known && p.query.Team != "" {
		list = append(list, templates.FilterOption{Value: p.query.Team, Title: p.query.Team, Chosen: true})
	}
	return list
}

// options returns the distinct values in alphabetical order, with the chosen one even where no workload has it.
func options(values []string, chosen string) []templates.FilterOption {
	values = append(values, chosen)
	assessment.SortByName(values, func(value string) string { return value })
	var list []templates.FilterOption
	for _, value := range slices.Compact(values) {
		if value != "" {
			list = append(list, templates.FilterOption{Value: value, Title: value, Chosen: value == chosen})
		}
	}
	return list
}

// bandOptions lists the bands of every questionnaire in the portfolio, in the order of their scale.
func (p portfolioView) bandOptions() []templates.FilterOption {
	var list []templates.FilterOption
	add := func(id, title string) {
		if !slices.ContainsFunc(list, func(o templates.FilterOption) bool { return o.Value == id }) {
			list = append(list, templates.FilterOption{Value: id, Title: title, Chosen: id == p.query.Band})
		}
	}
	for _, row := range p.all {
		for _, band := range row.Bands {
			add(band.ID, band.Title)
		}
	}
	add(assessment.NotStarted, "Not started")
	if p.query.Band != "" {
		add(p.query.Band, p.query.Band)
	}
	return list
}

func (p portfolioView) active() []view.ActiveFilter {
	var list []view.ActiveFilter
	add := func(value, title string, clear func(*view.PortfolioQuery)) {
		if value != "" {
			without := p.query
			clear(&without)
			list = append(list, view.ActiveFilter{Title: title, URL: without.URL()})
		}
	}
	q := p.query
	add(q.Search, "“"+words.Cut(q.Search, 40)+"”", func(q *view.PortfolioQuery) { q.Search = "" })
	add(q.Team, "Team "+cmp.Or(p.teams[q.Team], q.Team), func(q *view.PortfolioQuery) { q.Team = "" })
	add(q.Owner, "Owner "+q.Owner, func(q *view.PortfolioQuery) { q.Owner = "" })
	add(q.Environment, "Environment "+q.Environment, func(q *view.PortfolioQuery) { q.Environment = "" })
	add(q.Tag, "Tag "+q.Tag, func(q *view.PortfolioQuery) { q.Tag = "" })
	add(q.Band, "Band "+p.bandTitle(), func(q *view.PortfolioQuery) { q.Band = "" })
	return list
}

func (p portfolioView) bandTitle() string {
	for _, option := range p.bandOptions() {
		if option.Chosen {
			return option.Title
		}
	}
	return p.query.Band
}

// tables groups the rows by questionnaire, in the order in which the questionnaires first appear by title.
func (p portfolioView) tables() []view.PortfolioTable {
	groups := map[string][]assessment.PortfolioRow{}
	var ids []string
	for _, row := range p.shown {
		id := row.Assessment.Questionnaire.ID
		if groups[id] == nil {
			ids = append(ids, id)
		}
		groups[id] = append(groups[id], row)
	}
	slices.Sort(ids)
	var tables []view.PortfolioTable
	for _, id := range ids {
		tables = append(tables, p.table(groups[id]))
	}
	return tables
}

func (p portfolioView) table(rows []assessment.PortfolioRow) view.PortfolioTable {
	questionnaire := rows[0].Assessment.Questionnaire
	pillars := pillarsOf(rows)
	table := view.PortfolioTable{
		ID:      questionnaire.ID,
		Title:   questionnaire.Title,
		Name:    p.head(assessment.ColumnName, "Workload"),
		Overall: p.head(assessment.ColumnOverall, "Overall"),
		Finding: p.head(assessment.ColumnFindings, "High"),
		Decided: p.head(assessment.ColumnDecisions, "Open decisions"),
		Changed: p.head(assessment.ColumnChanged, "Changed"),
		Bands:   rows[0].Bands,
	}
	if p.teams != nil {
		head := p.head(assessment.ColumnTeam, "Team")
		table.Team = &head
	}
	for _, pillar := range pillars {
		table.Pillars = append(table.Pillars, p.head(pillar.ID, pillar.Title))
	}
	several := severalVersions(rows)
	for _, row := range rows {
		made := p.row(row, pillars)
		if several {
			made.About = append([]string{row.Assessment.Questionnaire.Version + ", since " + words.Day(row.Assessment.CreatedAt.In(p.now.Location()))}, made.About...)
		}
		table.Rows = append(table.Rows, made)
	}
	return table
}

// pillarsOf returns the pillars of every row: versions of a questionnaire may differ in them.
func pillarsOf(rows []assessment.PortfolioRow) []assessment.PillarSummary {
	var pillars []assessment.PillarSummary
	for _, row := range rows {
		for _, pillar := range row.Summary.Pillars {
			if !slices.ContainsFunc(pillars, func(known assessment.PillarSummary) bool { return known.ID == pillar.ID }) {
				pillars = append(pillars, pillar)
			}
		}
	}
	return pillars
}

// head returns the head of a column: its link sorts by the column, and the other way round where that is so already.
func (p portfolioView) head(column, title string) view.SortHead {
	next := p.query
	next.Sort, next.Order = column, ""
	head := view.SortHead{Title: title}
	if p.order.Column == column {
		head.Order = "ascending"
		if p.order.Descending {
			head.Order = "descending"
		}
		if p.order.Descending == assessment.BeginsDescending(column) {
			next.Order = descending
			if p.order.Descending {
				next.Order = ascending
			}
		}
	}
	if column == assessment.ColumnName && next.Order == "" {
		next.Sort = ""
	}
	head.URL = next.URL()
	return head
}

func (p portfolioView) row(row assessment.PortfolioRow, pillars []assessment.PillarSummary) view.PortfolioRow {
	w := row.Assessment.Workload
	begun := row.Summary.Overall.Started()
	out := view.PortfolioRow{
		ID:        row.Assessment.ID,
		Picking:   p.picking && p.actor.May(access.ActCompareAcross, w.Team),
		Picked:    slices.Contains(p.picks, row.Assessment.ID),
		Name:      w.Name,
		URL:       templates.AssessmentURL(row.Assessment.ID),
		Team:      p.teams[w.Team],
		About:     page.AboutWorkload(w),
		Scope:     p.scopes[row.Assessment.ID],
		Overall:   view.Heat(row.Bands, row.Summary.Overall, begun, templates.AssessmentURL(row.Assessment.ID)),
		Trend:     row.Trend,
		Last:      lastChange(row.Trend),
		Started:   begun,
		Findings:  row.Summary.Counted(),
		Decisions: row.Summary.OpenDecisions,
		Changed:   "not started",
	}
	for _, pillar := range pillars {
		own, _ := row.Summary.Pillar(pillar.ID)
		answers := templates.WorksheetURL(row.Assessment.ID, url.Values{"pillar": {pillar.ID}})
		out.Cells = append(out.Cells, view.Heat(row.Bands, own.Score, begun, answers))
	}
	if begun {
		out.Changed = words.Moment(row.Assessment.UpdatedAt.In(p.now.Location()), p.now)
		out.ChangedBy = row.ChangedBy
	}
	if n := row.Summary.Apart.Total(); n > 0 && begun {
		out.LeftOut = words.Count(n) + " excluded by priority 0"
	}
	if row.Summary.Stale > 0 {
		out.Stale = fmt.Sprintf("%d outdated", row.Summary.Stale)
	}
	if row.NextDecision.Before(assessment.DateOf(p.now)) {
		out.Due = "due " + words.Date(row.NextDecision)
	}
	return out
}

// lastChange is by how many points, as people see them, the last snapshot differs from the one before.
func lastChange(trend []float64) string {
	if len(trend) < 2 {
		return ""
	}
	last, before := trend[len(trend)-1], trend[len(trend)-2]
	return words.Signed(float64(assessment.Round(last)-assessment.Round(before)), 0)
}
