#!/bin/sh
# A supervisor's Monday: what is overdue in each township, the cases behind one number, and the list as a file.
# 督办领导的周一：各乡镇超期多少件、一个数字背后的办件、清单存成表格。
#
#   TOKEN=cw.530828.… sh a_supervisors_monday.sh [FOLDER]
#
# FOLDER    where the files go; here unless given
# TOKEN     a supervisor's token: `make demo` prints one, `casework token create` makes one
# CASEWORK  where the county answers; http://127.0.0.1:8000/api/530828 unless set
#
# It needs curl and nothing else, and changes nothing. It never shows more than the token's owner may see.
set -eu
: "${TOKEN:?a token: TOKEN=cw.… sh a_supervisors_monday.sh}"
county=${CASEWORK:-http://127.0.0.1:8000/api/530828}
folder=${1:-.}
answer=$(mktemp)
trap 'rm "$answer"' EXIT

# What is answered goes to standard output; a refusal is shown in its own words, and ends the morning.
# -G puts the words after --data-urlencode into the address.
ask() {
    path=$1
    shift
    status=$(curl -sS -G "$county$path" -H "Authorization: Bearer $TOKEN" -o "$answer" -w '%{http_code}' "$@")
    [ "$status" = 200 ] || { echo "$path: $status $(cat "$answer")" >&2; exit 1; }
    cat "$answer"
}

# 1. How many are overdue in each township, as things stand today. `labels` has the names of the codes.
overdue=$(ask /cases/count -d queue=overdue -d by=township)
[ "${overdue#*\"cases\":}" != "$overdue" ] || { echo 'nothing is overdue: a good Monday'; exit 0; }
rows=$(echo "$overdue" | grep -o '{"township":"[^"]*","cases":[0-9]*}' | tr -d '{}"' | tr ',' ':' | cut -d : -f 2,4)
echo 'overdue:'
for row in $rows; do
    name=$(echo "$overdue" | grep -o "\"${row%:*}\":\"[^\"]*\"" | cut -d '"' -f 4)
    echo "  ${row%:*} $name: ${row#*:}"
done

# 2. The cases behind the largest of these numbers, the longest overdue first. The list takes the same words as the
#    count, and the township as one more filter: its `total` is that number.
worst=$(echo "$rows" | sort -t : -k 2 -n -r | head -n 1)
behind=$(ask /cases -d queue=overdue -d "township=${worst%:*}" -d order=due -d limit=5 -d total=true)
echo "behind the ${worst#*:} of ${worst%:*} are $(echo "$behind" | grep -o '"total":[0-9]*' | cut -d : -f 2) cases:"
echo "$behind" | grep -oE '"(number|unit|lead|due_on)":"[^"]*"' | cut -d '"' -f 4 |
    paste -d ' ' - - - - | sed 's/^/  /; s/ \([^ ]*\)$/, was due \1/'

# 3. The same list to print and hand out, and who closes in time and who late: files that a spreadsheet opens.
#    Codes have their names beside them; what is sealed is not in them.
ask /cases -d queue=overdue -d "township=${worst%:*}" -d order=due -d limit=20000 -d format=csv >"$folder/overdue.csv"
ask /projections/timeliness_by_unit -d by=township -d format=csv >"$folder/timeliness.csv"
echo "overdue.csv: $(($(wc -l <"$folder/overdue.csv") - 1)) rows; timeliness.csv: $(($(wc -l <"$folder/timeliness.csv") - 1)) rows"
