#!/bin/sh
# A cadre's morning: look at the desk, sign for a case, write down what was done, say that it is solved.
# 干部的早晨：看待办、签收、记办理、提交办结。
#
#   TOKEN=cw.530828.… sh a_cadres_morning.sh
#
# TOKEN     a cadre's token: `make demo` prints one, `casework token create` makes one
# CASEWORK  where the county answers; http://127.0.0.1:8000/api/530828 unless set
#
# It needs curl and nothing else. It changes the county it is pointed at: take the demo's.
set -eu
: "${TOKEN:?a token: TOKEN=cw.… sh a_cadres_morning.sh}"
county=${CASEWORK:-http://127.0.0.1:8000/api/530828}

# One place for what every request has. -f would hide what a refusal says, so the status is looked at instead.
call() {
    method=$1 path=$2
    shift 2
    status=$(curl -sS -X "$method" "$county$path" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
        -D "$folder/headers" -o "$folder/answer" -w '%{http_code}' "$@")
    case $status in
        2*) ;;
        *) echo "$method $path: $status $(cat "$folder/answer")" >&2; exit 1 ;;
    esac
}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
member() { grep -o "\"$1\":\"[^\"]*\"" "$folder/answer" | head -n 1 | cut -d '"' -f 4; }
revision() { sed -n 's/^etag: *\("[0-9]*"\).*/\1/p' "$folder/headers"; }

# 1. The desk: heaps in the order of the day. `rows=0` asks for how many alone.
call GET '/desk?rows=0'
echo "the desk of $(member actor):"
grep -o '"zh":"[^"]*","en":"[^"]*","total":[0-9]*' "$folder/answer" |
    sed 's/"zh":"\(.*\)","en":"\(.*\)","total":\(.*\)/  \1 \2: \3/'

# 2. Sign for what was dispatched to me; where nothing waits, go on with what is due first.
call GET '/cases?queue=to_sign&mine=true&order=due&limit=1'
number=$(member number)
if [ -n "$number" ]; then
    call POST "/cases/$number/acknowledgement"
    echo "$number: signed for"
else
    call GET '/cases?queue=in_progress&mine=true&order=due&limit=1'
    number=$(member number)
    [ -n "$number" ] || { echo 'nothing to sign for and nothing in progress: a free morning'; exit 0; }
fi

# 3. Write down what was done. The key makes it safe to send again whenever no answer came:
#    here it is sent twice on purpose, and stored once. Make a new one for each act, and keep it until it is answered.
key="morning-$(date +%s)-$$"
for time in first second; do
    call POST "/cases/$number/actions" -H "Idempotency-Key: $key" -d '{"action": "visit", "note": "上门查看，已处理"}'
    echo "$number: a visit, sent the $time time, is entry $(grep -o '"seq":[0-9]*' "$folder/answer" | cut -d : -f 2)"
done

# 4. Say that it is solved, and which revision of the case that goes by. Had somebody else acted meanwhile, this would
#    be 412 with the revision it stands at now: look again, then decide again.
call GET "/cases/$number"
seen=$(revision)
call POST "/cases/$number/resolution" -H "If-Match: $seen" -d '{"result": "solved", "answer": "已处理，请您验收"}'
call GET "/cases/$number"
echo "$number: $(member status), at revision $(revision | tr -d '"')"
