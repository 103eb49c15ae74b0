"""What the reader of a page has before beginning: the files that its commands name, put into a folder."""

import json
import re
import shutil
from pathlib import Path

import ceasefire as cf

ROOT = Path(__file__).parents[1]
#: Tables by the name of their file. `events.toml` is what a reader makes of a first mapping of `events.csv`.
TABLES = {
    "events.csv": """\
occurred,act,zone,key
2017-05-14,attack.shelling,idlib-area,1
2017-05-15,attack.sniper,idlib-area,2
""",
    "events.toml": """\
kind = "incident"
key = "key"
columns = { occurred = "occurred", act = "act", zone = "zone" }
""",
    "answers.csv": """\
"On which day, as the source says?",What is said to have happened?,In which area?,meta-instanceID,KEY
2017-05-14,Shelling,Idlib area,u-1,u-1
""",
    "answers-incidents.csv": """\
act,occurred,PARENT_KEY,KEY
attack.sniper,2017-05-15,u-1,u-1/incidents[1]
""",
    "pax.csv": """\
Con,PP,PPName,Reg,AgtId,Agt,Dat,Status,Lgt,Part,Loc1ISO
A,7,A: process,Region,1,Agreement on a road,15/02/2017,Multiparty signed/agreed,3,For A:,AAA
""",
    "acled.csv": """\
event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities
AAA1,14 May 2017,1,Battles,Armed clash,A,B,Idlib,Hill town,35.5,36.5,1,Paper,Firing.,0
""",
    "deleted.csv": """\
event_id_cnty,deleted_timestamp
AAA1,1500000000
""",
    "tagged.csv": """\
Date,What,Where
#date+occurred,#event+type,#adm1+name
2017-05-14,attack.shelling,Idlib
""",
    "ged.csv": """\
id,dyad_name,type_of_violence,source_article,source_headline,where_prec,where_coordinates,adm_1,latitude,longitude,date_prec,date_start,date_end,low,best,high
1,A - B,1,Paper,Fighting,1,Hill town,Idlib Governorate,35.5,36.5,1,2017-05-14,2017-05-16,0,0,2
""",
}

#: Of the small agreement of docs/agreement-files.md: what its form came back with, and an event of GED.
NORTH = {
    "north-answers.csv": """\
start;occurred;act;zone;place;location;_location_latitude;_location_longitude;accused;killed;text;_uuid
2020-02-05T08:00:00.000+02:00;2020-02-04;attack.shelling;north;Mill village;36.2 37.2 0 0;36.2;37.2;hill-brigade;2;As told;u-1
""",
    "north-ged.csv": """\
id,relid,code_status,type_of_violence,dyad_name,where_prec,where_coordinates,adm_1,latitude,longitude,date_prec,date_start,date_end,best,high,low,gwnoa,gwnob
900,X-1,Clear,1,Government - Northern Front,1,Mill village,The northern districts,36.2,37.2,1,2020-02-05,2020-02-06,3,4,2,652,
""",
}


def tables(folder):
    """Tables of others."""
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "src/ceasefire/data/bulletins/syria_bulletins_2016_2018.csv", folder / "bulletins.csv")


def north(folder):
    """The agreement of the page on agreement files, and what a form and a data set say under it."""
    page = (ROOT / "docs" / "agreement-files.md").read_text(encoding="utf-8")
    text = re.search(r"^```toml[^\n]*\n(ceasefire = 1.*?)^```", page, re.MULTILINE | re.DOTALL)[1]
    (folder / "north.toml").write_text(text, encoding="utf-8")
    for name, rows in NORTH.items():
        (folder / name).write_text(rows, encoding="utf-8")


def mission(folder):
    """The journal of a mission, with an act in it."""
    with cf.Journal.open(folder / "mission.db", author="birch") as journal:
        journal.record(
            cf.Incident(occurred="2020-03-14", act="attack", zone="bridge-town", accused="lowland")
        )


def stick(folder):
    """What lies on the stick: the journals of other delegations."""
    (folder / "stick").mkdir()
    for author in ("russia", "iran"):
        with cf.Journal.in_memory(author=author) as journal:
            journal.record(cf.Incident(occurred="2017-05-14", act="attack.shelling", zone="idlib"))
            journal.copy(folder / "stick" / f"from-{author}.jsonl")
            journal.copy(folder / "stick" / f"{author}.db")


def turkey(folder):
    """A journal of one delegation, and the key that it seals with."""
    with cf.Journal.open(folder / "turkey.db", author="turkey") as journal:
        journal.extend(cf.Incident(occurred="2017-05-14", act="attack", key=str(n)) for n in range(1, 13))
    cf.SigningKey.new().write(folder / "turkey.pem")


def agreements(folder):
    """An agreement and a register of one's own."""
    shutil.copy(folder / "river-truce.toml", folder / "my-agreement.toml")
    (folder / "registers").mkdir()
    shutil.copy(ROOT / "src/ceasefire/instruments/registers/syria.toml", folder / "registers")


def records(folder):
    """A file of records."""
    said = {"kind": "incident", "by": "turkey", "id": "turkey/1", "recorded": "2017-05-14T18:00:00Z"}
    line = said | {"occurred": "2017-05-14", "act": "attack.shelling", "zone": "idlib-area"}
    (folder / "records.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")


#: What a page takes for granted.
STAGES = {
    "README.md": (tables, stick),
    "docs/commands.md": (tables, stick, turkey, agreements, records),
    "docs/exports.md": (mission,),
    "docs/imports.md": (tables, north),
    "docs/journals.md": (stick, turkey),
    "docs/seals.md": (turkey,),
}
