// Package microsoftcsv reads the CSV file that Microsoft's assessment site exports.
//
// Such a file begins with rows of any length: a title, scores, links. Somewhere below is a header with Category and
// Link-Text, and under it the recommendations, up to a row of nothing but commas. Further tables follow, of which the
// one with Category, Question, Answers and Selected Answer is read too: what somebody selected there is a statement
// about the system. Scores are not read: they are computed by other rules.
package microsoftcsv
