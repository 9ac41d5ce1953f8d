"""Projects told by their facts: which project a number belongs to, and sentences that tell of none."""

import pytest

from kg.extract.projects import project_told

CASES = [
    ("加快建设中北部新能源基地,规划总装机", "", "中北部新能源基地"),
    ("加快建设中北部新能源基地,规划总装机1600万千瓦,其中光伏", "", "中北部新能源基地"),
    ("建设苏台高速公路南浔至桐乡段,全长39.6公里,总投资", "", "苏台高速公路南浔至桐乡段"),
    ("实施预制菜产业园项目,占地120亩,建成标准化厂房", "", "预制菜产业园项目"),
    ("其中花炮文化博览园项目占地", "", "花炮文化博览园项目"),
    ("支持省中医院建设国家中医特色重点医院,项目总投资", "", "省中医院建设国家中医特色重点医院"),
    ("推动龙游县再生资源产业园扩建,占地", "", "龙游县再生资源产业园扩建"),
    ("总投资", "建设贵安数据中心集群", "贵安数据中心集群"),
    ("开州电厂超低排放改造工程:总投资", "", "开州电厂超低排放改造工程"),
]
NONE = [
    ("完成综合交通投资", ""),
    ("完成固定资产投资300亿元,新建公路", ""),
    ("谋划一批重大项目,总投资", ""),
    ("新开工亿元以上项目,总投资", ""),
    ("新建高标准农田8万亩,总投资", ""),
    ("建设新能源基地,总投资800亿元,到2025年承载能力达到", ""),
    ("建设新能源基地,总投资800亿元,全市新增装机", ""),
    ("总投资", "强化资金保障"),
]


@pytest.mark.parametrize(("before", "heading", "project"), CASES)
def test_project_told(before, heading, project):
    assert project_told(before, heading) == project


@pytest.mark.parametrize(("before", "heading"), NONE)
def test_no_project_told(before, heading):
    assert project_told(before, heading) == ""
