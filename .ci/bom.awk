# Turns what `go version -m` says of a binary into a software bill of materials in CycloneDX's JSON: the modules that are
# compiled in, and htmx, which is embedded. Nothing in it depends on when or where it is made.
function component(kind, name, version) {
	printf "%s\n    {\"type\": \"library\", \"name\": \"%s\", \"version\": \"%s\", \"purl\": \"pkg:%s/%s@%s\"}", comma, name, version, kind, name, version
	comma = ","
}
BEGIN {
	printf "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n"
	printf "  \"metadata\": {\"component\": {\"type\": \"application\", \"name\": \"plumbline\", \"version\": \"%s\"}},\n", version
	printf "  \"components\": ["
}
NR == 1 { component("golang", "stdlib", substr($2, 3)) }
$1 == "dep" { component("golang", $2, $3) }
END {
	component("npm", "htmx.org", htmx)
	printf "\n  ]\n}\n"
}
