"""A small Knowledge of three plans and one that is missing, with a record of every kind."""

from decimal import Decimal

from kg.model import (
    AgencyRole,
    Alignment,
    Assignment,
    Citation,
    Concept,
    Deadline,
    Document,
    Evidence,
    Finding,
    Goal,
    Governs,
    Knowledge,
    Quantity,
    Repair,
    Stub,
    Task,
    identify,
)

CITY = """南昌市养老规划
洪府办发〔2022〕26号
二、发展目标
到2022年，月探访率达到100%（约束性指标）。到2025年，护理型床位占比不低于60%。
三、保障
新增养老床位5万张。牵头单位：市民政局；配合单位：市财政局。
"""
DISTRICT = """西湖区行动计划（征求意见稿）
根据《南昌市养老规划》和《江西省养老规划》（赣府发〔2021〕1号）制定。
一、目标
2023年月探访率90%，2025年月探访率100%。2025年护理型床位占比力争55%。
二、任务
1.推进床位建设。责任单位：区民政局。2025年6月底前完成评估。养?服务。
"""
PEER = """商丘市养老规划
到2025年，护理型床位占比达到58%。
"""
TEXTS = {"city": CITY, "district": DISTRICT, "peer": PEER}
RULES = {"quantity": "reach_by_year", "citation": "in_brackets", "assignment": "duty_clause"}


def at(doc, quote, cls, section=(), **values):
    """The record of `cls` whose quote stands in the text of `doc`."""
    start = TEXTS[doc].index(quote)
    rule = RULES.get(cls.kind, cls.kind)
    return cls(
        doc=doc, start=start, end=start + len(quote), quote=quote, rule=rule, section=section, **values
    )


def amount(doc, quote, indicator, value, time, *, section=("二、发展目标",), **values):
    """A target whose number stands in its quote."""
    values = {"unit": "%", "comparator": "=", "time_from": "clause"} | values
    number = TEXTS[doc].index(str(value), TEXTS[doc].index(quote)) if value is not None else None
    end = None if number is None else number + len(str(value))
    fields = {"indicator": indicator, "time": time, "value_start": number, "value_end": end}
    return at(
        doc, quote, Quantity, section, value=None if value is None else Decimal(value), **fields, **values
    )


def documents():
    number = Evidence(
        field="doc_number", start=8, end=21, quote="洪府办发〔2022〕26号", rule="masthead", confidence=0.9
    )
    whole = {doc: {"doc": doc, "start": 0, "end": len(text), "quote": ""} for doc, text in TEXTS.items()}
    city = Document(
        **whole["city"],
        rule="masthead",
        title="南昌市养老规划",
        doc_number="洪府办发〔2022〕26号",
        issuer="南昌市人民政府办公室",
        jurisdiction="江西省南昌市",
        place="360100",
        level="prefecture",
        issued="2022-05-06",
        status="issued",
        period=(2021, 2025),
        genre="规划",
        aliases=("关于印发《南昌市养老规划》的通知",),
        evidence=(number,),
        file="city.txt",
    )
    district = Document(
        **whole["district"],
        rule="masthead",
        title="西湖区行动计划",
        jurisdiction="江西省南昌市西湖区",
        place="360103",
        level="county",
        status="draft",
        period=(2023, 2025),
        joint_issuers=("南昌市西湖区卫健委", "南昌市西湖区民政局"),
        trusted=False,
        trust_signs=("没有文号",),
        stated=(("place", "360103"), ("source", "a=b")),
        confidence=0.8,
        file="district.txt",
    )
    peer = Document(
        **whole["peer"],
        rule="masthead",
        title="商丘市养老规划",
        jurisdiction="河南省商丘市",
        place="411400",
        level="prefecture",
        issued="2021",
        valid_until="2025-12",
        status="issued",
        file="peer.txt",
    )
    return city, district, peer


def quantities():
    goals = ("一、目标",)
    found = (
        amount("city", "到2022年，月探访率达到100%（约束性指标）", "月探访率", 100, "2022", nature="binding"),
        amount("city", "到2025年，护理型床位占比不低于60%", "护理型床位占比", 60, "2025", comparator=">="),
        amount("city", "新增养老床位5万张", "新增养老床位", 5, "2025", section=("三、保障",), unit="万张"),
        amount("district", "2023年月探访率90%", "月探访率", 90, "2023", section=goals),
        amount("district", "2025年月探访率100%", "月探访率", 100, "2025", section=goals, nature="expected"),
        amount(
            "district",
            "2025年护理型床位占比力争55%",
            "护理型床位占比",
            55,
            "2025",
            section=goals,
            soft="力争",
        ),
        amount("peer", "到2025年，护理型床位占比达到58%", "机构护理型床位占比", 58, "2025", section=()),
        at(
            "peer",
            "养老",
            Quantity,
            class_="baseline",
            indicator="养老机构",
            scope="城区",
            population="老年人",
            per="县区",
        ),
    )
    return identified(found)


def identified(records):
    """The records with their ids, each document by itself as extraction does it."""
    return tuple(
        named for doc in TEXTS for named in identify([record for record in records if record.doc == doc])
    )


def knowledge():
    """Everything: what three documents say and what linking them would conclude."""
    city, district, peer = identified(documents())
    amounts = quantities()
    by = {(each.doc, each.indicator, each.time): each for each in amounts}
    visits, beds = by["city", "月探访率", "2022"], by["city", "护理型床位占比", "2025"]
    own_visits, own_beds = by["district", "月探访率", "2025"], by["district", "护理型床位占比", "2025"]
    peer_beds = by["peer", "机构护理型床位占比", "2025"]
    cites = {"relation": "basis"}
    basis = at(
        "district", "《南昌市养老规划》", Citation, title="南昌市养老规划", resolves_to="city", **cites
    )
    lacking = at(
        "district",
        "《江西省养老规划》（赣府发〔2021〕1号）",
        Citation,
        title="江西省养老规划",
        number="赣府发〔2021〕1号",
        resolves_to="stub-1",
        **cites,
    )
    duty = at(
        "city",
        "牵头单位：市民政局；配合单位：市财政局",
        Assignment,
        ("三、保障",),
        task="新增养老床位",
        agencies=(
            AgencyRole(name="南昌市民政局", raw="市民政局", role="lead"),
            AgencyRole(name="南昌市财政局", raw="市财政局", role="support"),
        ),
        task_start=70,
        task_end=76,
    )
    own_duty = at(
        "district",
        "责任单位：区民政局",
        Assignment,
        ("二、任务", "1.推进床位建设"),
        task="推进床位建设",
        agencies=(AgencyRole(name="南昌市西湖区民政局", raw="区民政局", role="responsible"),),
    )
    due = at("district", "2025年6月底前完成评估", Deadline, ("二、任务",), what="完成评估", time="2025-06")
    goal = at("city", "月探访率达到100%", Goal, ("二、发展目标",), time="2022")
    own_goal = at("district", "2025年月探访率100%", Goal, ("一、目标",), time="2025")
    task = at(
        "district", "1.推进床位建设", Task, ("二、任务",), title="推进床位建设", number="1", body_end=150
    )
    goals, tasks = identified((goal, own_goal)), identified((task,))
    sides = {"upper_doc": "city", "lower_doc": "district", "basis": "cited"}
    broken = DISTRICT.index("养?服务")
    return Knowledge(
        documents=(city, district, peer),
        quantities=amounts,
        citations=identified((basis, lacking)),
        goals=goals,
        assignments=identified((duty, own_duty)),
        tasks=tasks,
        deadlines=identified((due,)),
        repairs=(
            (
                "district",
                Repair(start=broken + 1, end=broken + 2, raw="?", mended="老", evidence="养老服务 ×12"),
            ),
        ),
        concepts=(
            Concept(id="visits", label="月探访率", names=("月探访率",), intensive=True, unit="%"),
            Concept(
                id="beds",
                label="护理型床位占比",
                names=("护理型床位占比", "护理型床位比例"),
                intensive=True,
                unit="%",
                scheme="beds",
                sectors=("养老",),
            ),
            Concept(
                id="beds-peer", label="机构护理型床位占比", names=("机构护理型床位占比",), intensive=True
            ),
            Concept(
                id="new-beds", label="新增养老床位", names=("新增养老床位",), intensive=False, unit="万张"
            ),
        ),
        concept_of={
            ("city", visits.id): "visits",
            ("district", own_visits.id): "visits",
            ("district", by["district", "月探访率", "2023"].id): "visits",
            ("city", beds.id): "beds",
            ("district", own_beds.id): "beds",
            ("peer", peer_beds.id): "beds-peer",
            ("city", by["city", "新增养老床位", "2025"].id): "new-beds",
        },
        alignments=(
            Alignment(
                left="beds", right="beds-peer", relation="close", score=0.91, method="words", reason="机构"
            ),
        ),
        similar=((("city", goals[0].id), ("district", goals[1].id), 0.93),),
        stubs=(
            Stub(
                id="stub-1",
                title="江西省养老规划",
                number="赣府发〔2021〕1号",
                issuer="江西省人民政府",
                level="province",
                place="360000",
                cited_by=("district",),
            ),
        ),
        governs=(
            Governs(
                upper="city",
                lower="district",
                basis="cited",
                reason="下位规划引用",
                reason_en="cited by the lower plan",
                start=basis.start,
                end=basis.end,
            ),
            Governs(upper="stub-1", lower="city", basis="implied", reason="层级", confidence=0.7),
        ),
        findings=(
            Finding(
                **sides,
                upper=visits,
                lower=own_visits,
                verdict="late",
                gap="迟 3 年",
                gap_value=Decimal(3),
                gap_unit="年",
                rule="late",
                explanation="2025年才达到。",
                explanation_en="Reached only in 2025.",
                notes=("note.draft", "note.also", "note.draft"),
                alignment="exact",
            ),
            Finding(
                **sides,
                upper=beds,
                lower=own_beds,
                verdict="short",
                gap="低 5 个百分点",
                gap_value=Decimal("5"),
                gap_unit="百分点",
                rule="short",
                confidence=0.9,
                explanation="低于上位要求。",
                explanation_en="Below the upper value.",
            ),
            Finding(
                **sides,
                upper=by["city", "新增养老床位", "2025"],
                lower=None,
                verdict="absent",
                rule="absent",
                reason="reason.no_metric",
            ),
            Finding(
                upper=beds,
                lower=peer_beds,
                upper_doc="city",
                lower_doc="peer",
                verdict="benchmark",
                rule="benchmark",
                gap_value=Decimal("-2.5"),
            ),
        ),
    )
